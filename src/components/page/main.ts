/**
 * The part of the page that Framework fills: its prose and figures.
 *
 * @throws Error if the document is none of Framework's
 */
export function pageMain(): HTMLElement {
  const main = document.querySelector<HTMLElement>("#observablehq-main");
  if (main === null) throw new Error("The page should have an element #observablehq-main.");
  return main;
}
