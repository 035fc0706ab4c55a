import { create } from "d3";
import type { EvaluationClient } from "../../../messages/evaluation.js";
import { save } from "../../permute/exportNetwork.js";
import { categoryPanel } from "./categoryPanel.js";
import { type ComparedResults, comparedResults } from "./comparedResults.js";
import { curvesPanel } from "./curvesPanel.js";
import { numbersCsv, numbersJson } from "./downloads.js";
import { errorsPanel } from "./errorsPanel.js";
import { exampleFiles } from "./example.js";
import { evaluationFiles } from "./filePicker.js";
import { evaluationNumbers, intervalsTable } from "./numbers.js";
import { evaluationRun } from "./run.js";
import { EvaluationSession, type EvaluationState } from "./session.js";

export interface EvaluateFilesOptions {
  readonly engine: EvaluationClient;
}

/** COCO evaluation of the reader's own files: places for them, what they come to, and why it is no more. */
export function evaluateFiles({ engine }: EvaluateFilesOptions): HTMLElement {
  const root = create("div").attr("class", "evaluate-files wide");
  const session = new EvaluationSession({ engine, changed: show });
  const files = evaluationFiles({
    target: root.node()!,
    given: (given, place) =>
      session.give(
        given.map((file) => ({ name: file.name, file })),
        place,
      ),
    removed: (place) => session.remove(place),
  });
  const run = evaluationRun({
    iouTypeChosen: (iouType) => session.useIouType(iouType),
    exampleAsked: giveExample,
    cancelled: () => session.cancel(),
    resumed: () => session.resume(),
  });
  const curves = curvesPanel((name) => categories.choose(name));
  const categories = categoryPanel((name) => curves.choose(name));
  const errors = errorsPanel();

  root.append(() => files.element);
  root.append(() => run.element);
  const results = root.append("div").attr("class", "evaluation-results").attr("hidden", "");
  const numbers = results.append("div");
  const actions = results.append("div").attr("class", "evaluation-controls");
  const bootstrap = actions.append("button").attr("type", "button").text("Draw bootstrap intervals");
  bootstrap.on("click", () => session.bootstrap());
  const download = (title: string, ending: string, type: string, content: typeof numbersJson) =>
    actions
      .append("button")
      .attr("type", "button")
      .text(title)
      .on("click", () => save(new Blob([content(numbersNow())], { type }), `numbers.${ending}`));
  download("Save the numbers as JSON", "json", "application/json", numbersJson);
  download("Save them as CSV", "csv", "text/csv", numbersCsv);
  const intervals = results.append("div");
  results.append("h3").text("Classes");
  results.append(() => categories.element);
  results.append("h3").text("Precision against recall");
  results.append(() => curves.element);
  const errorsTitle = results.append("h3").text("Errors");
  results.append(() => errors.element);

  let shown: readonly unknown[] = [];
  let shownReports: readonly ComparedResults["errors"][] = [];
  let shownIntervals: EvaluationState["intervals"] = null;
  show(session.state);
  return root.node()!;

  function show(state: EvaluationState): void {
    files.show(state);
    run.show(state);
    bootstrap.property("disabled", state.activity !== null || state.intervals !== null);
    const compared = comparedResults(state);
    // Progress comes a hundred times a file; what is measured is drawn once.
    const parts = compared.flatMap(({ letter, measured }) => [letter, measured]);
    const isNew = parts.length !== shown.length || parts.some((part, index) => part !== shown[index]);
    if (isNew) {
      shown = parts;
      results.attr("hidden", compared.length === 0 ? "" : null);
      numbers.selectChildren().remove();
      if (compared.length > 0) showNumbers(compared);
    }
    showErrors(compared, isNew);
    if (state.intervals !== shownIntervals) {
      shownIntervals = state.intervals;
      intervals.selectChildren().remove();
      if (state.intervals !== null) intervals.append(() => intervalsTable(state.intervals!, compared));
    }
  }

  function showNumbers(compared: readonly ComparedResults[]): void {
    numbers.append(() => evaluationNumbers(compared));
    categories.show(compared);
    curves.show(compared);
  }

  function showErrors(compared: readonly ComparedResults[], isNew: boolean): void {
    const reports = compared.map(({ errors: report }) => report);
    if (!isNew && reports.every((report, index) => report === shownReports[index])) return;
    shownReports = reports;
    errorsTitle.attr("hidden", reports.some((report) => report !== null) ? null : "");
    errors.show(compared);
  }

  function numbersNow() {
    const { groundTruth, iouType, intervals: drawn } = session.state;
    return {
      annotations: groundTruth?.name ?? "",
      iouType,
      compared: comparedResults(session.state),
      intervals: drawn,
    };
  }

  async function giveExample(): Promise<void> {
    await session.remove("annotations");
    await session.remove(1);
    await session.remove(0);
    await session.give(exampleFiles());
  }
}
