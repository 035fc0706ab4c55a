import type { MeasureName } from "../../architecture/graph/networkMeasures.js";
import { measureWords } from "./measureWords.js";

/**
 * Measures by name, as the list of a sentence; each is a word that shows its figure. "nothing" where there are none.
 *
 * @param after the mark that follows the list, which stays on the line of its last word
 */
export function measureList(names: readonly MeasureName[], after = ""): HTMLElement {
  const list = document.createElement("span");
  names.forEach((name, index) => {
    if (index > 0) list.append(index === names.length - 1 ? " and " : " ");
    const word = document.createElement("button");
    word.type = "button";
    word.className = "shows";
    word.dataset.shows = name;
    word.textContent = measureWords[name].title.toLowerCase();
    const kept = document.createElement("span");
    kept.className = "kept";
    kept.append(word, index < names.length - 2 ? "," : index === names.length - 1 ? after : "");
    list.append(kept);
  });
  if (names.length === 0) list.append(`nothing${after}`);
  return list;
}
