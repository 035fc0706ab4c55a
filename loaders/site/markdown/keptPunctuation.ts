import type MarkdownIt from "markdown-it";

type Token = ReturnType<MarkdownIt["parse"]>[number];
type NewToken = (type: string, tag: string, nesting: -1 | 0 | 1) => Token;

const showsButton = /^<button\b[^>]*\bclass="shows"/;
const leadingMarks = /^[.,;:!?)\]’”]+/;

/** The tokens of a line, with each button that points at a figure and the punctuation after it wrapped in one element. */
function withMarks(tokens: readonly Token[], make: NewToken): Token[] {
  const kept: Token[] = [];
  let opening = -1;
  for (const token of tokens) {
    const previous = kept.at(-1);
    const marks = token.type === "text" ? leadingMarks.exec(token.content)?.[0] : undefined;
    if (marks !== undefined && opening >= 0 && previous?.content === "</button>") {
      const span = make("kept_open", "span", 1);
      span.attrSet("class", "kept");
      kept.splice(opening, 0, span);
      const before = make("text", "", 0);
      before.content = marks;
      token.content = token.content.slice(marks.length);
      kept.push(before, make("kept_close", "span", -1));
    }
    if (token.type === "html_inline" && showsButton.test(token.content)) opening = kept.length;
    kept.push(token);
  }
  return kept;
}

/**
 * A Markdown plugin that keeps punctuation on the same line as a preceding button: browsers allow line breaks on both
 * sides of a button.
 */
export function keptPunctuation(md: MarkdownIt): void {
  md.core.ruler.push("kept-punctuation", (state) => {
    const make: NewToken = (type, tag, nesting) => new state.Token(type, tag, nesting);
    for (const token of state.tokens) {
      if (token.type !== "inline" || token.children === null) continue;
      token.children = withMarks(token.children, make);
    }
  });
}
