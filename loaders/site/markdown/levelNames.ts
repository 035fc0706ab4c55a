import type MarkdownIt from "markdown-it";

type Token = ReturnType<MarkdownIt["parse"]>[number];
type NewToken = (type: string, tag: string, nesting: -1 | 0 | 1) => Token;

const levelPattern = /\b(level ([1-7]))\b/gi;

/** A text as tokens, with each level's name wrapped in an element. */
function withNames(text: Token, make: NewToken): Token[] {
  const part = (content: string): Token[] => {
    if (content === "") return [];
    const token = make("text", "", 0);
    token.content = content;
    return [token];
  };
  const tokens: Token[] = [];
  let end = 0;
  for (const { index, 1: name, 2: level } of text.content.matchAll(levelPattern)) {
    const opening = make("level_open", "span", 1);
    opening.attrSet("class", "level-name");
    opening.attrSet("style", `--hue: var(--level-${level})`);
    tokens.push(
      ...part(text.content.slice(end, index)),
      opening,
      ...part(name!),
      make("level_close", "span", -1),
    );
    end = index + name!.length;
  }
  return end === 0 ? [text] : [...tokens, ...part(text.content.slice(end))];
}

/** A Markdown plugin that marks each level named in a text, such as "level 3", with its hue in the figures. */
export function levelNames(md: MarkdownIt): void {
  md.core.ruler.push("level-names", (state) => {
    const make: NewToken = (type, tag, nesting) => new state.Token(type, tag, nesting);
    for (const token of state.tokens) {
      if (token.type !== "inline" || token.children === null) continue;
      token.children = token.children.flatMap((child) =>
        child.type === "text" ? withNames(child, make) : [child],
      );
    }
  });
}
