import { html } from "htl";
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
  const inputs = new Map(
    iouTitles.map(({ iouType }) => [
      iouType,
      html<HTMLInputElement>`<input type="radio" name="iou-type" value=${iouType} ${{ onchange: () => iouTypeChosen(iouType) }}>`,
    ]),
  );
  const status = html`<p class="evaluation-status" role="status">`;
  const progress = html<HTMLProgressElement>`<progress max="1" aria-label="Progress of the current stage">`;
  const percent = html`<span class="evaluation-percent" aria-hidden="true">`;
  const cancel = html`<button type="button" ${{ onclick: cancelled }}>Cancel</button>`;
  const running = html`<div class="evaluation-progress">${progress}${percent}${cancel}</div>`;
  const again = html`<button type="button" ${{ onclick: resumed }}>Resume</button>`;
  const alert = html`<p class="evaluation-problem" role="alert">`;
  const remarks = html`<ul class="evaluation-remarks small">`;
  const element = html`<div class="evaluation-run">
    <div class="evaluation-controls">
      <fieldset><legend>Measure</legend>${iouTitles.map(
        ({ iouType, title }) => html`<label>${inputs.get(iouType)}<span>${title}</span></label>`,
      )}</fieldset>
      <div class="evaluation-example">
        <button type="button" ${{ onclick: exampleAsked }}>Try it with an example</button>
        <p class="small">Generated from a seed: boxes on images that do not exist, and the detections of two invented
          detectors.</p>
      </div>
    </div>
    ${status}${running}${again}${alert}${remarks}
  </div>`;

  return {
    element,
    show(state) {
      const { activity, iouType, stopped, problem, results } = state;
      for (const [type, input] of inputs) input.checked = type === iouType;
      write(status, statusWords(state));
      // The focus must not be lost with the button.
      const wasCancelling = cancel === document.activeElement;
      if (activity === null) element.removeAttribute("aria-busy");
      else element.setAttribute("aria-busy", "true");
      running.hidden = activity === null;
      again.hidden = !stopped;
      if (activity === null && wasCancelling) (stopped ? again : inputs.get(iouType))?.focus();
      // Explaining errors reports only its start.
      const fraction = activity === null || activity.stage === "errors" ? null : activity.fraction;
      if (fraction === null) progress.removeAttribute("value");
      else progress.value = fraction;
      percent.textContent = fraction === null ? "" : `${Math.floor(fraction * 100)}%`;
      write(alert, problem ?? "");
      const said = new Set(results.flatMap((found) => found?.measured?.remarks ?? []));
      remarks.replaceChildren(...[...said].map((remark) => html`<li>${remark}</li>`));
      remarks.hidden = said.size === 0;
    },
  };
}

/** A live region speaks again when it is written to, even if it says the same. */
function write(region: HTMLElement, words: string): void {
  if (region.textContent !== words) region.textContent = words;
}
