import { html } from "htl";
import { setColours } from "../../charts/palette.js";

/** Which bars are whose: the first set's are filled, the second's hollow. */
export function setLegend(names: readonly string[]): HTMLElement {
  return html`<p class="set-key small">${names.map(
    (name, set) => html`<span class="set-key-entry"><svg width="22" height="10" aria-hidden="true"><rect
      x="0.75" y="0.75" width="20.5" height="8.5" stroke-width="1.5"
      fill=${set > 0 ? "none" : setColours[0]} stroke=${setColours[set % setColours.length]}></rect></svg><span>${name}</span></span>`,
  )}</p>`;
}
