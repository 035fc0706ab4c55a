import type MarkdownIt from "markdown-it";
import { pageOf } from "../pageOf.js";
import { setFormula } from "./setFormula.js";

const dollarSign = 0x24;

/** What may occur between two dollar signs, but not in a formula: code, a computed value, an element. */
const neverInFormula = /`|\$\{|<[a-z/]/i;

/**
 * The end of the formula that a dollar sign starts: a dollar sign that is not preceded by a space or followed by a digit
 * or a brace, so "$5 and $6" and "$${price}" remain text. Null if no formula starts here.
 */
function endOfFormula(text: string, start: number, end: number): number | null {
  if (/[\s{$]/.test(text[start + 1] ?? " ")) return null;
  for (let at = start + 1; at < end; at++) {
    if (text[at] === "\\") at++;
    else if (
      text.charCodeAt(at) === dollarSign &&
      !/\s/.test(text[at - 1]!) &&
      !/[\d{]/.test(text[at + 1] ?? "")
    )
      return neverInFormula.test(text.slice(start + 1, at)) ? null : at;
  }
  return null;
}

/** Index of the last line of a display formula, between "$$" at the start of a line and "$$" at the end of one. */
function closingLine(lines: readonly string[]): number {
  if (!lines[0]?.startsWith("$$")) return -1;
  return lines.findIndex((line, index) => line.endsWith("$$") && (index > 0 || line.length > 4));
}

function set(tex: string, display: boolean, env: unknown): string {
  try {
    return setFormula(tex.trim(), { display });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${pageOf(env)}: "${tex.trim()}" is not a valid formula: ${reason}.`);
  }
}

/**
 * A Markdown plugin that renders TeX at build time: `$…$` within a sentence, `$$…$$` on separate lines. Write `\$` for a
 * dollar sign that could be mistaken for a formula.
 *
 * @throws Error, while rendering, that names the page and the invalid TeX
 */
export function formulas(md: MarkdownIt): void {
  md.inline.ruler.after("escape", "formula", (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== dollarSign) return false;
    const end = endOfFormula(state.src, state.pos, state.posMax);
    if (end === null) return false;
    if (!silent) state.push("formula", "math", 0).content = state.src.slice(state.pos + 1, end);
    state.pos = end + 1;
    return true;
  });
  md.block.ruler.before("paragraph", "formula", (state, startLine, endLine, silent) => {
    const lines: string[] = [];
    for (let line = startLine; line < endLine && !state.isEmpty(line); line++) {
      lines.push(state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]).trimEnd());
    }
    const last = closingLine(lines);
    if (last < 0) return false;
    if (silent) return true;
    const token = state.push("formula_display", "math", 0);
    token.block = true;
    token.map = [startLine, startLine + last + 1];
    token.content = lines
      .slice(0, last + 1)
      .join("\n")
      .slice(2, -2);
    state.line = startLine + last + 1;
    return true;
  });
  md.renderer.rules.formula = (tokens, index, _, env) => set(tokens[index]!.content, false, env);
  md.renderer.rules.formula_display = (tokens, index, _, env) =>
    `${set(tokens[index]!.content, true, env)}\n`;
}
