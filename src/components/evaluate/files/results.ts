import { create } from "d3";
import { saveFile } from "../../page/saveFile.js";
import { categoryPanel } from "./categoryPanel.js";
import { comparedResults } from "./comparedResults.js";
import { curvesPanel } from "./curvesPanel.js";
import { numbersCsv, numbersJson } from "./downloads.js";
import { errorsPanel } from "./errorsPanel.js";
import { intervalsTable, numbersTable } from "./numbers.js";
import type { EvaluationPart, EvaluationState } from "./session.js";

/** The numbers of the reader's files, with their classes, curves and errors. */
export function evaluationResults(bootstrapAsked: () => void): EvaluationPart {
  const root = create("div").attr("class", "evaluation-results").attr("hidden", "");
  const numbers = root.append("div");
  const actions = root.append("div").attr("class", "evaluation-controls");
  const button = (title: string, pressed: () => void) =>
    actions.append("button").attr("type", "button").text(title).on("click", pressed);
  const bootstrap = button("Draw bootstrap intervals", bootstrapAsked);
  let current: EvaluationState | null = null;
  const download = (title: string, ending: string, type: string, content: typeof numbersJson) =>
    button(title, () => {
      if (current === null) return;
      const { groundTruth, ...state } = current;
      const numbers = { ...state, annotations: groundTruth?.name ?? "", compared: comparedResults(current) };
      saveFile(new Blob([content(numbers)], { type }), `numbers.${ending}`);
    });
  download("Save the numbers as JSON", "json", "application/json", numbersJson);
  download("Save them as CSV", "csv", "text/csv", numbersCsv);
  const intervals = root.append("div");

  const curves = curvesPanel((name) => categories.choose(name));
  const categories = categoryPanel((name) => curves.choose(name));
  const errors = errorsPanel();
  root.append("h3").text("Classes");
  root.append(() => categories.element);
  root.append("h3").text("Precision against recall");
  root.append(() => curves.element);
  const errorsTitle = root.append("h3").text("Errors");
  root.append(() => errors.element);

  // Progress comes a hundred times per file; what is measured is drawn once.
  const [measuredChanged, errorsChanged, intervalsChanged] = [changes(), changes(), changes()];
  return {
    element: root.node()!,
    show(state) {
      current = state;
      bootstrap.property("disabled", state.activity !== null || state.intervals !== null);
      const compared = comparedResults(state);
      const measured = compared.flatMap(({ letter, measured }) => [letter, measured]);
      if (measuredChanged(measured)) {
        root.attr("hidden", compared.length === 0 ? "" : null);
        numbers.selectChildren().remove();
        if (compared.length > 0) {
          numbers.append(() => numbersTable(compared));
          categories.show(compared);
          curves.show(compared);
        }
      }
      const reports = compared.map(({ errors }) => errors);
      if (errorsChanged([...measured, ...reports])) {
        errorsTitle.attr("hidden", reports.some((report) => report !== null) ? null : "");
        errors.show(compared);
      }
      if (intervalsChanged([state.intervals])) {
        intervals.selectChildren().remove();
        if (state.intervals !== null) intervals.append(() => intervalsTable(state.intervals!, compared));
      }
    },
  };
}

/** Tells whether values differ from those given before, at first from none. */
function changes(): (values: readonly unknown[]) => boolean {
  let before: readonly unknown[] = [];
  return (values) => {
    const isChanged = values.length !== before.length || values.some((value, i) => value !== before[i]);
    before = values;
    return isChanged;
  };
}
