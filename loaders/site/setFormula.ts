import katex from "katex";

/**
 * A formula, written in TeX, as the HTML of a page: MathML, which the browser sets in its own faces and screen readers
 * can walk through, so that nothing is left to be set where it is read.
 *
 * @param display on a line of its own rather than within a sentence
 * @throws Error where the TeX is none
 */
export function setFormula(tex: string, { display = false } = {}): string {
  const math = katex.renderToString(tex, { output: "mathml", displayMode: display, throwOnError: true });
  return display ? `<div class="formula display">${math}</div>` : `<span class="formula">${math}</span>`;
}
