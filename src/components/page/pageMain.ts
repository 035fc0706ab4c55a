/**
 * The element with the page's prose and figures.
 *
 * @throws Error if the document was not built by Framework
 */
export function pageMain(): HTMLElement {
  const main = document.querySelector<HTMLElement>("#observablehq-main");
  if (main === null) throw new Error("The page should have an element #observablehq-main.");
  return main;
}
