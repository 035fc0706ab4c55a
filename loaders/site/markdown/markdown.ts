import { readFileSync } from "node:fs";
import type MarkdownIt from "markdown-it";
import { formulas } from "./formulas.js";
import { keptPunctuation } from "./keptPunctuation.js";
import { levelNames } from "./levelNames.js";
import { termCards } from "./termCards.js";

/** The style of terms with cards, levels, and buttons that point at a figure. */
const wordStyle = '<link rel="stylesheet" href="components/page/words.css">\n';

/**
 * Adds the site's Markdown plugins: formulas, cards for terms of the glossary, hues of levels, and punctuation that stays
 * with a preceding button.
 *
 * @param root Framework's source root, relative to the working directory
 */
export function markdown(md: MarkdownIt, root: string): void {
  md.use(formulas);
  md.use(levelNames);
  md.use(keptPunctuation);
  md.use(termCards, () => readFileSync(`${root}/glossary.md`, "utf8"));
  md.core.ruler.push("style-of-words", (state) => {
    const style = new state.Token("html_block", "", 0);
    style.content = wordStyle;
    state.tokens.unshift(style);
  });
}
