import { create } from "d3";
import type { EvaluationPart, EvaluationState } from "./session.js";
import { iouTitles, statusWords } from "./words.js";

interface EvaluationRunOptions {
  readonly iouTypeChosen: (iouType: EvaluationState["iouType"]) => void;
  readonly exampleAsked: () => void;
  readonly cancelled: () => void;
  readonly resumed: () => void;
}

/** What is measured, its progress, and what went wrong. */
export function evaluationRun({
  iouTypeChosen,
  exampleAsked,
  cancelled,
  resumed,
}: EvaluationRunOptions): EvaluationPart {
  const box = create("div").attr("class", "evaluation-run");
  const controls = box.append("div").attr("class", "evaluation-controls");
  const fields = controls.append("fieldset");
  fields.append("legend").text("Measure");
  const inputs = fields
    .selectAll("label")
    .data(iouTitles)
    .join((enter) => {
      const label = enter.append("label");
      label
        .append("input")
        .attr("type", "radio")
        .attr("name", "iou-type")
        .attr("value", ({ iouType }) => iouType)
        .on("change", (_, { iouType }) => iouTypeChosen(iouType));
      label.append("span").text(({ title }) => title);
      return label;
    })
    .select<HTMLInputElement>("input");
  const example = controls.append("div").attr("class", "evaluation-example");
  example.append("button").attr("type", "button").text("Try it with an example").on("click", exampleAsked);
  example
    .append("p")
    .attr("class", "small")
    .text(
      "Generated from a seed: boxes on images that do not exist, and the detections of two invented detectors.",
    );

  const status = box.append("p").attr("class", "evaluation-status").attr("role", "status");
  const running = box.append("div").attr("class", "evaluation-progress");
  const progress = running
    .append("progress")
    .attr("max", 1)
    .attr("aria-label", "Progress of the current stage");
  const percent = running.append("span").attr("class", "evaluation-percent").attr("aria-hidden", "true");
  const cancel = running.append("button").attr("type", "button").text("Cancel").on("click", cancelled);
  const again = box.append("button").attr("type", "button").text("Resume").on("click", resumed);
  const alert = box.append("p").attr("class", "evaluation-problem").attr("role", "alert");
  const remarks = box.append("ul").attr("class", "evaluation-remarks small");

  return {
    element: box.node()!,
    show(state) {
      const { activity, iouType, stopped, problem, results } = state;
      inputs.property("checked", (choice) => choice.iouType === iouType);
      const words = statusWords(state);
      // A live region speaks again when it is written to, even if it says the same.
      if (status.text() !== words) status.text(words);
      // The focus must not be lost with the button.
      const wasCancelling = cancel.node() === document.activeElement;
      box.attr("aria-busy", activity === null ? null : "true");
      running.attr("hidden", activity === null ? "" : null);
      again.attr("hidden", stopped ? null : "");
      if (activity === null && wasCancelling) {
        if (stopped) again.node()?.focus();
        else
          inputs
            .filter((choice) => choice.iouType === iouType)
            .node()
            ?.focus();
      }
      // Explaining errors reports only its start.
      const fraction = activity === null || activity.stage === "errors" ? null : activity.fraction;
      progress.attr("value", fraction);
      percent.text(fraction === null ? "" : `${Math.floor(fraction * 100)}%`);
      if (alert.text() !== (problem ?? "")) alert.text(problem ?? "");
      const said = new Set(results.flatMap((found) => found?.measured?.remarks ?? []));
      remarks
        .selectAll("li")
        .data([...said])
        .join("li")
        .text((remark) => remark);
      remarks.attr("hidden", said.size === 0 ? "" : null);
    },
  };
}
