/** What Framework gives every code block, which need not use it. */
const globals =
  'import { display, html, invalidation, view } from "observablehq:stdlib"; void { display, html, invalidation, view };';

/**
 * The code of a page as one module: each js block, and each `${…}` of the prose, at the line and column where the page
 * has it, with blanks for everything else. The first line, where front matter begins, imports Framework's names.
 *
 * @throws Error if the page does not begin with front matter, or if the end of an expression is missing
 */
export function pageCode(markdown: string): string {
  if (!markdown.startsWith("---\n"))
    throw new Error("The page should begin with front matter, on a line ---.");
  const fences = markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms);
  let code = "";
  for (const { 1: language = "", 2: content = "", index } of fences) {
    code += expressions(markdown.slice(code.length, index)) + blank(`\`\`\`${language}\n`);
    code += `${language === "js" ? content : blank(content)};  `;
  }
  code += expressions(markdown.slice(code.length));
  return globals + code.slice("---".length);
}

/** Prose with all but its expressions blanked; each is put in parentheses, as a statement. */
function expressions(prose: string): string {
  let code = "";
  for (const { index } of prose.matchAll(/(?<!\\)\$\{/g)) {
    if (index < code.length) continue;
    const end = closingBrace(prose, index + 2);
    code += `${blank(prose.slice(code.length, index))};(${prose.slice(index + 2, end)})`;
  }
  return code + blank(prose.slice(code.length));
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

/** The index of the brace that closes a block or an expression, whose content begins at `from`. */
function closingBrace(text: string, from: number): number {
  const marks = /["'`{}]/g;
  marks.lastIndex = from;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    const [mark] = found;
    const inside = marks.lastIndex;
    if (mark === "}") return found.index;
    if (mark === "{") marks.lastIndex = closingBrace(text, inside) + 1;
    else if (mark === "`") marks.lastIndex = closingTick(text, inside) + 1;
    else marks.lastIndex = closingQuote(text, inside, mark) + 1;
  }
  throw new Error(`An expression has no end: ${text.slice(from, from + 40)}`);
}

function closingTick(text: string, from: number): number {
  const marks = /\\.|`|\$\{/g;
  marks.lastIndex = from;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    if (found[0] === "`") return found.index;
    if (found[0] === "${") marks.lastIndex = closingBrace(text, marks.lastIndex) + 1;
  }
  throw new Error(`A template has no end: ${text.slice(from, from + 40)}`);
}

function closingQuote(text: string, from: number, quote: string): number {
  const marks = new RegExp(`\\\\.|${quote}`, "g");
  marks.lastIndex = from;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    if (found[0] === quote) return found.index;
  }
  throw new Error(`A text has no end: ${text.slice(from, from + 40)}`);
}
