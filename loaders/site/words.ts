import { readFileSync } from "node:fs";
import type MarkdownIt from "markdown-it";
import { formulas } from "./formulas.js";
import { keptPunctuation } from "./keptPunctuation.js";
import { levelNames } from "./levelNames.js";
import { termCards } from "./termCards.js";

/** The style of all words that say more than a word: terms with cards, levels, words that point at a figure. */
const wordStyle = '<link rel="stylesheet" href="components/page/words.css">\n';

/**
 * What the site's Markdown has beside what Framework's has: formulas, terms of the glossary with their cards, levels
 * with their hues, marks that stay with the word before them.
 *
 * @param root Framework's source root, relative to the working directory
 */
export function words(md: MarkdownIt, root: string): void {
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
