import { html } from "htl";
import type { MeasureName } from "../../../architecture/graph/networkMeasures.js";
import { measureWords } from "./measureWords.js";

/**
 * Measures by name, as the list of a sentence; each is a word that shows its figure. "nothing" where there are none.
 *
 * @param after the mark that follows the list, which stays on the line of its last word
 */
export function measureList(names: readonly MeasureName[], after = ""): HTMLElement {
  if (names.length === 0) return html`<span>nothing${after}</span>`;
  const last = names.length - 1;
  const words = names.flatMap((name, index) => [
    index === 0 ? "" : index === last ? " and " : " ",
    html`<span class="kept"><button type="button" class="shows" data-shows=${name}>${measureWords[
      name
    ].title.toLowerCase()}</button>${index < last - 1 ? "," : index === last ? after : ""}</span>`,
  ]);
  return html`<span>${words}</span>`;
}
