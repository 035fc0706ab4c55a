import type MarkdownIt from "markdown-it";
import { pageOf } from "../pageOf.js";

type Token = ReturnType<MarkdownIt["parse"]>[number];

/** A term of the glossary. */
interface Term {
  readonly name: string;
  /** The paragraph after its heading. */
  readonly definition: Token;
}

/** The glossary's path in Framework. */
export const glossaryPath = "/glossary";

/** The glossary's terms, its third-level headings, by anchor. */
export type Glossary = ReadonlyMap<string, Term>;

/**
 * Finds the terms in the glossary's parsed Markdown.
 *
 * @throws Error if a term has no definition
 */
export function termsIn(tokens: readonly Token[]): Glossary {
  const terms = new Map<string, Term>();
  tokens.forEach((token, index) => {
    const anchor = token.attrGet("id");
    if (token.type !== "heading_open" || token.tag !== "h3" || anchor === null) return;
    const name = tokens[index + 1]?.content ?? "";
    const definition = tokens[index + 4];
    if (tokens[index + 3]?.type !== "paragraph_open" || definition?.type !== "inline") {
      throw new Error(
        `${pageOf({ path: glossaryPath })}: "${name}" has no definition; add a paragraph after it.`,
      );
    }
    terms.set(anchor, { name, definition });
  });
  return terms;
}

/** Token types that cannot be read aloud as one line of words. */
const unfitTypes: readonly string[] = ["placeholder", "html_inline", "formula", "image"];

/**
 * The HTML of a definition for a card: without links, since the focus cannot move into a card.
 *
 * @throws Error if it contains more than words, emphasis, code and links
 */
export function definitionHtml(md: MarkdownIt, { name, definition }: Term): string {
  const tokens = (definition.children ?? []).filter(
    ({ type }) => type !== "link_open" && type !== "link_close",
  );
  const unfit = tokens.find(({ type }) => unfitTypes.includes(type));
  if (unfit) {
    throw new Error(
      `${pageOf({ path: glossaryPath })}: the definition of "${name}" contains ${JSON.stringify(unfit.content)}; ` +
        "it must be plain words, which a screen reader can read as the description of a link.",
    );
  }
  return md.renderer.render(tokens, md.options, { path: glossaryPath });
}
