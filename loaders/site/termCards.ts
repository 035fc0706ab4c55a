import type MarkdownIt from "markdown-it";
import { definitionHtml, type Glossary, glossaryPath, termsIn } from "./glossary.js";
import { pageOf } from "./pageOf.js";

type Token = ReturnType<MarkdownIt["parse"]>[number];

/** Wires the cards. Its one name is what it imports, since cells share their names with the page's. */
const cellSource = `import {termCards} from "./components/page/termCards.js";\ninvalidation.then(termCards(document));\n`;

function linksOf(tokens: readonly Token[]): Token[] {
  return tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === "link_open");
}

/** The anchor of the term that a link leads to, or null where it leads elsewhere. */
function anchorOf(link: Token, inGlossary: boolean): string | null {
  const href = String(link.attrGet("href") ?? "");
  const found = inGlossary ? /^#(.+)$/.exec(href) : /^(?:\.?\/)?glossary#(.+)$/.exec(href);
  return found?.[1] ?? null;
}

function checkTerm(terms: Glossary, anchor: string, env: unknown): void {
  if (terms.has(anchor)) return;
  throw new Error(
    `${pageOf(env)} links the term "${anchor}", which ${pageOf({ path: glossaryPath })} does not define; ` +
      `it should be the anchor of one of its terms, such as "${[...terms.keys()][0]}".`,
  );
}

/**
 * Gives each link to a term of the glossary, `[receptive field](./glossary#receptive-field)`, a card with what the term
 * means, which the page shows beside the link on hover and focus. The link stays one: without JavaScript it leads to
 * the glossary, and screen readers get the card as its description.
 *
 * @param readGlossary gives the glossary's Markdown, anew for each page, so that a preview shows what was changed
 * @throws Error, while a page is parsed, that names the page and the term which the glossary lacks
 */
export function termCards(md: MarkdownIt, readGlossary: () => string): void {
  md.core.ruler.push("term-cards", (state) => {
    const env: unknown = state.env;
    const inGlossary = pageOf(env) === pageOf({ path: glossaryPath });
    const links = linksOf(state.tokens).flatMap((link) => {
      const anchor = anchorOf(link, inGlossary);
      return anchor === null ? [] : [{ link, anchor }];
    });
    if (links.length === 0) return;
    const terms = termsIn(
      inGlossary ? state.tokens : md.parse(readGlossary(), { code: [], startLine: 0, path: glossaryPath }),
    );
    for (const { anchor } of links) checkTerm(terms, anchor, env);
    if (inGlossary) return;
    const cards = new Map<string, string>();
    for (const { link, anchor } of links) {
      const term = terms.get(anchor)!;
      link.attrJoin("class", "term");
      link.attrSet("aria-describedby", `term-${anchor}`);
      cards.set(
        anchor,
        `<div id="term-${anchor}" class="term-card" role="tooltip" popover="manual">` +
          `<strong>${term.name}.</strong> ${definitionHtml(md, term)}</div>`,
      );
    }
    const list = new state.Token("html_block", "", 0);
    list.content = `<div class="term-cards">\n${[...cards.values()].join("\n")}\n</div>\n`;
    const cell = new state.Token("fence", "code", 0);
    cell.info = "js";
    cell.content = cellSource;
    state.tokens.push(list, cell);
  });
}
