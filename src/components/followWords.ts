/**
 * Lets words of a text point at a drawing: while an element with `data-shows` is pointed at or has focus, the drawing has
 * the same attribute, and its style makes stand out what that names.
 */
export function followWords(text: EventTarget, drawing: SVGElement): void {
  const wordOf = (event: Event): string | null => {
    const word = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-shows]") : null;
    return word === null || drawing.contains(word) ? null : (word.dataset.shows ?? null);
  };
  for (const type of ["pointerover", "focusin"]) {
    text.addEventListener(type, (event) => {
      const word = wordOf(event);
      if (word !== null) drawing.dataset.shows = word;
    });
  }
  for (const type of ["pointerout", "focusout"]) {
    text.addEventListener(type, (event) => {
      if (wordOf(event) !== null) delete drawing.dataset.shows;
    });
  }
}
