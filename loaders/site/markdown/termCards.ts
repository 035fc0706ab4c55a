import type MarkdownIt from "markdown-it";
import { pageOf } from "../pageOf.js";
import { definitionHtml, type Glossary, glossaryPath, termsIn } from "./glossary.js";

type Token = ReturnType<MarkdownIt["parse"]>[number];

/** Activates the cards. It declares only the imported name, since cells share the page's scope. */
const cellSource = `import {termCards} from "./components/page/termCards.js";\ninvalidation.then(termCards(document));\n`;

function linksOf(tokens: readonly Token[]): Token[] {
  return tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === "link_open");
}

/** The anchor of the term that a link leads to, or null if it leads elsewhere. */
function anchorOf(link: Token, inGlossary: boolean): string | null {
  const href = String(link.attrGet("href") ?? "");
  const found = inGlossary ? /^#(.+)$/.exec(href) : /^(?:\.?\/)?glossary#(.+)$/.exec(href);
  return found?.[1] ?? null;
}

function checkTerm(terms: Glossary, anchor: string, env: unknown): void {
  if (terms.has(anchor)) return;
  throw new Error(
    `${pageOf(env)} links to the term "${anchor}", which ${pageOf({ path: glossaryPath })} does not define; ` +
      `use the anchor of one of its terms, such as "${[...terms.keys()][0]}".`,
  );
}

/**
 * A Markdown plugin that gives each link to a term of the glossary, `[receptive field](./glossary#receptive-field)`, a
 * card with the definition, shown next to the link on hover and focus. It is still a link: without JavaScript it leads to
 * the glossary, and screen readers read the card as its description.
 *
 * @param readGlossary reads the glossary's Markdown, again for each page, so a preview shows edits
 * @throws Error, while parsing, that names the page and the undefined term
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
