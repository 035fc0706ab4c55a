import { create } from "d3";
import { type LossPoint, lossCurve } from "./lossCurve.js";
import { type Cell, type ResultsColumn, resultsTable } from "./resultsTable.js";

interface Table {
  readonly caption: string;
  readonly about: string;
  readonly columns: readonly ResultsColumn[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}

export interface MeasuredRunsGroup {
  readonly title: string;
  readonly comparison: Table;
  readonly runs: Table;
  readonly details: readonly {
    readonly id: string;
    readonly title: string;
    readonly facts: readonly (readonly [term: string, value: string])[];
    readonly curve: readonly LossPoint[];
    readonly command: string;
  }[];
}

export interface MeasuredRunsOptions {
  /** What to type to make runs, shown while there are none. */
  readonly command: string;
}

/** This project's own runs, a group for each split of each data set, or the command that would make some. */
export function measuredRuns(
  groups: readonly MeasuredRunsGroup[],
  { command }: MeasuredRunsOptions,
): HTMLElement {
  const section = create("div").attr("class", "measured-runs wide");
  if (groups.length === 0) {
    section.append("p").text("No run is recorded here yet. This command makes one:");
    section.append("pre").attr("tabindex", 0).append("code").text(command);
  }
  for (const { title, comparison, runs, details } of groups) {
    section.append("h3").text(title);
    for (const { rows, ...options } of [comparison, runs]) section.append(() => resultsTable(rows, options));
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
  return section.node()!;
}
