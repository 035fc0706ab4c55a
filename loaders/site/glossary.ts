import type MarkdownIt from "markdown-it";
import { pageOf } from "./pageOf.js";

type Token = ReturnType<MarkdownIt["parse"]>[number];

/** A term as the glossary defines it. */
export interface Term {
  readonly name: string;
  /** The paragraph after its heading. */
  readonly definition: Token;
}

/** The address of the glossary, as Framework names pages. */
export const glossaryPath = "/glossary";

/** The terms of the glossary, its headings of the third order, by the anchor Markdown gives each. */
export type Glossary = ReadonlyMap<string, Term>;

/**
 * Finds the terms in the glossary's parsed Markdown.
 *
 * @throws Error where a term has no definition
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
        `${pageOf({ path: glossaryPath })}: "${name}" has no definition; a paragraph should follow it.`,
      );
    }
    terms.set(anchor, { name, definition });
  });
  return terms;
}

/** What would be lost or garbled where a definition is heard as one line of words. */
const unfitTypes: readonly string[] = ["placeholder", "html_inline", "formula", "image"];

/**
 * A definition as a card can hold it: its HTML without links, since a card cannot be walked into.
 *
 * @throws Error where it holds more than words, emphasis, code and links
 */
export function definitionHtml(md: MarkdownIt, { name, definition }: Term): string {
  const tokens = (definition.children ?? []).filter(
    ({ type }) => type !== "link_open" && type !== "link_close",
  );
  const unfit = tokens.find(({ type }) => unfitTypes.includes(type));
  if (unfit) {
    throw new Error(
      `${pageOf({ path: glossaryPath })}: the definition of "${name}" holds ${JSON.stringify(unfit.content)}; ` +
        "it should hold words alone, so that a card can be read out as the description of a link.",
    );
  }
  return md.renderer.render(tokens, md.options, { path: glossaryPath });
}
