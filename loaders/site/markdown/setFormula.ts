import katex from "katex";

/**
 * Renders TeX as MathML, which needs no script in the browser and which screen readers can navigate.
 *
 * @param display as a separate block instead of within a sentence
 * @throws Error if the TeX is invalid
 */
export function setFormula(tex: string, { display = false } = {}): string {
  const math = katex.renderToString(tex, { output: "mathml", displayMode: display, throwOnError: true });
  return display ? `<div class="formula display">${math}</div>` : `<span class="formula">${math}</span>`;
}
