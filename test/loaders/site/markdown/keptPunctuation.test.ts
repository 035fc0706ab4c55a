import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { keptPunctuation } from "../../../../loaders/site/markdown/keptPunctuation.js";

const md = new MarkdownIt({ html: true }).use(keptPunctuation);
const word = (text: string) => `<button type="button" class="shows" data-shows="grid">${text}</button>`;

describe("a mark after a word that shows a figure", () => {
  it("stays with the word", () => {
    expect(md.render(`Of the ${word("grid")}. Then ${word("this")}, and ${word("that")}: all.`)).toBe(
      `<p>Of the <span class="kept">${word("grid")}.</span> Then <span class="kept">${word("this")},</span> ` +
        `and <span class="kept">${word("that")}:</span> all.</p>\n`,
    );
  });

  it("stays with it, however many marks there are", () => {
    expect(md.render(`(of the ${word("grid")}).`)).toBe(
      `<p>(of the <span class="kept">${word("grid")}).</span></p>\n`,
    );
  });

  it("is none where a space or a letter follows, or another button", () => {
    for (const text of [`The ${word("grid")} grows.`, `${word("grid")}s.`, "<button>Go</button>, then."]) {
      expect(md.render(text)).toBe(`<p>${text}</p>\n`);
    }
  });
});
