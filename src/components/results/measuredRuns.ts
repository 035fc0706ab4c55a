import { html } from "htl";
import type { MeasuredGroup, MissingRun, RunDetails } from "../../pageData/results.js";
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
  return html`<div class="measured-runs wide">
    ${groups.flatMap(({ id, title, details }) => [html`<h3>${title}</h3>`, ...tables(id), ...details.map(runDetails)])}
    ${missing.length > 0 ? html`<h3>Not run yet</h3>` : null}
    ${missing.flatMap(({ title, command }) => [html`<p>${title}:</p>`, commandToType(command)])}
  </div>`;
}

function runDetails({ id, title, facts, curve, command }: RunDetails): HTMLElement {
  return html`<details>
    <summary>${title} (${id})</summary>
    <dl>${facts.flatMap(([term, value]) => [html`<dt>${term}</dt>`, html`<dd>${value}</dd>`])}</dl>
    ${curve.length > 1 ? lossCurve(curve, { title: `Training loss of ${title}` }) : null}
    <p>To run it again:</p>
    ${commandToType(command)}
  </details>`;
}

const commandToType = (command: string): HTMLElement => html`<pre tabindex="0"><code>${command}</code></pre>`;
