/** What a word of a text stands for in figures, as a CSS selector of their parts. */
export type Pointing = Readonly<Record<string, string>>;

/**
 * Lets words of a text and parts of figures point at each other. While a word, `<button class="shows" data-shows=…>`, is
 * pointed at or has focus, its parts have the class "lit"; while a part is, the words for it have. Pressing a word
 * brings its first part into view. How what is lit stands out is the style's to say.
 *
 * @param page holds both, which may come and go
 * @returns what ends it
 * @throws Error where a word that is there at first stands for nothing
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
    // A word that was pressed keeps its parts lit, though the page moved and the pointer is on something else.
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
