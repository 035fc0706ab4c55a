import type { Pointing } from "../page/pointAtEachOther.js";

/**
 * Lets words of a text point at a drawing that is redrawn all the time: while an element with `data-shows` is pointed at
 * or has focus, the drawing has the same attribute, and its style makes stand out what that names. The other way round,
 * words are "lit" while a part that they stand for is pointed at or has focus.
 *
 * @param parts what each word stands for; one that is not named lights no word
 */
export function followWords(text: Document | Element, drawing: SVGElement, parts: Pointing = {}): void {
  const wordOf = (event: Event): string | null => {
    const word = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-shows]") : null;
    return word === null || drawing.contains(word) ? null : (word.dataset.shows ?? null);
  };
  const light = (part: EventTarget | null): void => {
    for (const word of text.querySelectorAll<HTMLElement>("button[data-shows]")) {
      const selector = parts[word.dataset.shows ?? ""];
      const lit = selector !== undefined && part instanceof Element && part.closest(selector) !== null;
      word.classList.toggle("lit", lit);
    }
  };
  for (const type of ["pointerover", "focusin"]) {
    text.addEventListener(type, (event) => {
      const word = wordOf(event);
      if (word !== null) drawing.dataset.shows = word;
    });
    drawing.addEventListener(type, ({ target }) => light(target));
  }
  for (const type of ["pointerout", "focusout"]) {
    text.addEventListener(type, (event) => {
      if (wordOf(event) !== null) delete drawing.dataset.shows;
    });
    drawing.addEventListener(type, () => light(null));
  }
}
