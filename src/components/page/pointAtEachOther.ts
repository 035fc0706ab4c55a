/** For each word of a text, a CSS selector of the figure parts that it refers to. */
export type Pointing = Readonly<Record<string, string>>;

/**
 * Highlights figure parts from words of the text, and words from figure parts. While a word,
 * `<button class="shows" data-shows=…>`, is hovered or focused, its parts have the class "lit"; while a part is, its words
 * have it. Pressing a word scrolls to its first part. The style sheet decides how "lit" looks.
 *
 * @param page contains words and parts, both of which may be replaced at any time
 * @returns a function that stops it
 * @throws Error if one of the first words has no parts
 */
export function pointAtEachOther(page: HTMLElement, parts: Pointing): () => void {
  const words = (): HTMLElement[] => [...page.querySelectorAll<HTMLElement>("[data-shows]")];
  const unknown = words().find(({ dataset }) => parts[dataset.shows ?? ""] === undefined);
  if (unknown) {
    throw new Error(
      `The word "${unknown.textContent}" shows "${unknown.dataset.shows}"; it should show one of: ${Object.keys(parts).join(", ")}.`,
    );
  }
  const partsOf = (word: HTMLElement): Element[] => [
    ...page.querySelectorAll(parts[word.dataset.shows ?? ""] ?? ":not(*)"),
  ];
  const wordAt = (element: Element | null): HTMLElement | null =>
    element?.closest<HTMLElement>("[data-shows]") ?? null;
  const wordsFor = (element: Element | null): HTMLElement[] => {
    const names = Object.keys(parts).filter((name) => element?.closest(parts[name]!));
    return words().filter(({ dataset }) => names.includes(dataset.shows ?? ""));
  };

  let pointed: Element | null = null;
  let focused: Element | null = null;
  let lit: readonly Element[] = [];
  const light = (elements: readonly Element[]): void => {
    for (const element of lit) element.classList.remove("lit");
    for (const element of elements) element.classList.add("lit");
    lit = elements;
  };
  const update = (): void => {
    // A pressed word keeps its parts lit, although the page scrolled and the pointer is now over something else.
    const word = wordAt(pointed) ?? wordAt(focused);
    const found = word ? partsOf(word) : wordsFor(pointed);
    light(word || found.length > 0 ? found : wordsFor(focused));
  };
  const elementOf = ({ target }: Event): Element | null => (target instanceof Element ? target : null);

  const ending = new AbortController();
  const on = (name: string, listener: (event: Event) => void): void =>
    page.addEventListener(name, listener, { signal: ending.signal });
  on("pointerover", (event) => {
    pointed = elementOf(event);
    update();
  });
  on("pointerleave", () => {
    pointed = null;
    update();
  });
  on("focusin", (event) => {
    focused = elementOf(event);
    update();
  });
  on("focusout", () => {
    focused = null;
    update();
  });
  on("click", (event) => {
    const word = wordAt(elementOf(event));
    if (word) partsOf(word)[0]?.scrollIntoView({ block: "nearest" });
  });
  return () => {
    ending.abort();
    light([]);
  };
}
