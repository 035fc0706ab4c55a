import { create } from "d3";
import type { MeasuredGroup, MissingRun } from "../../pageData/results.js";
import { lossCurve } from "./lossCurve.js";

interface MeasuredRunsOptions {
  /** Draws a group's tables: its networks compared, and every run. */
  readonly tables: (group: string) => readonly HTMLElement[];
  /** Studies that nobody has run yet, and what to type to do so. */
  readonly missing?: readonly MissingRun[];
}

/** This project's own runs, a group for each split of each data set, and the commands that would make the others. */
export function measuredRuns(
  groups: readonly Pick<MeasuredGroup, "id" | "title" | "details">[],
  { tables, missing = [] }: MeasuredRunsOptions,
): HTMLElement {
  const section = create("div").attr("class", "measured-runs wide");
  for (const { id, title, details } of groups) {
    section.append("h3").text(title);
    for (const table of tables(id)) section.append(() => table);
    for (const run of details) {
      const detail = section.append("details");
      detail.append("summary").text(`${run.title} (${run.id})`);
      const list = detail.append("dl");
      for (const [term, value] of run.facts) {
        list.append("dt").text(term);
        list.append("dd").text(value);
      }
      if (run.curve.length > 1) {
        detail.append(() => lossCurve(run.curve, { title: `Training loss of ${run.title}` }));
      }
      detail.append("p").text("To run it again:");
      detail.append("pre").attr("tabindex", 0).append("code").text(run.command);
    }
  }
  if (missing.length > 0) {
    section.append("h3").text("Not run yet");
    for (const { title, command } of missing) {
      section.append("p").text(`${title}:`);
      section.append("pre").attr("tabindex", 0).append("code").text(command);
    }
  }
  return section.node()!;
}
