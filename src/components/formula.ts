import { create } from "d3";
import katex from "katex";

export interface FormulaOptions {
  /** On a line of its own rather than within a sentence. */
  readonly display?: boolean;
  /** How a screen reader should say it, where the notation alone would not do. */
  readonly label?: string;
}

/**
 * A formula, written in TeX, as MathML: the browser sets it in its own faces, and screen readers can walk through it.
 *
 * @throws Error where the TeX is none
 */
export function formula(tex: string, { display = false, label }: FormulaOptions = {}): HTMLElement {
  const element = create(display ? "div" : "span").attr("class", display ? "formula display" : "formula");
  element.html(katex.renderToString(tex, { output: "mathml", displayMode: display, throwOnError: true }));
  if (label !== undefined) element.select("math").attr("aria-label", label);
  const node = element.node();
  if (!(node instanceof HTMLElement)) throw new Error(`${tex} could not be set.`);
  return node;
}
