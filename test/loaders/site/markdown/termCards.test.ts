import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { formulas } from "../../../../loaders/site/markdown/formulas.js";
import { definitionHtml, termsIn } from "../../../../loaders/site/markdown/glossary.js";
import { termCards } from "../../../../loaders/site/markdown/termCards.js";

/** Gives headings their anchors, as Framework does. */
function anchors(md: MarkdownIt): void {
  md.core.ruler.push("anchor", ({ tokens }) => {
    tokens.forEach((token, index) => {
      if (token.type !== "heading_open") return;
      const words = tokens[index + 1]!.content.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, " ");
      token.attrSet("id", words.toLowerCase().replace(/[^a-z0-9]+/g, "-"));
    });
  });
}

const glossary = `# Glossary

### Level

How coarse a map is, see [stride](#stride).

### Stride

How far a window *moves*.
`;

function markdown(source = glossary): MarkdownIt {
  return new MarkdownIt({ html: true, typographer: true })
    .use(anchors)
    .use(formulas)
    .use(termCards, () => source);
}

function page(source: string, path = "/scale"): Document {
  return new JSDOM(markdown().render(source, { path })).window.document;
}

describe("a link to a term", () => {
  const document = page(
    "A [level](./glossary#level), a [stride](/glossary#stride), a [level](glossary#level) again.",
  );
  const links = [...document.querySelectorAll("p a")];

  it("stays a link, and is described by its term's card", () => {
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      "./glossary#level",
      "/glossary#stride",
      "glossary#level",
    ]);
    expect(links.map((link) => link.className)).toEqual(["term", "term", "term"]);
    expect(links.map((link) => link.getAttribute("aria-describedby"))).toEqual([
      "term-level",
      "term-stride",
      "term-level",
    ]);
  });

  it("has one card a term, with its name and its definition without links", () => {
    const cards = [...document.querySelectorAll(".term-cards [popover=manual][role=tooltip]")];
    expect(cards.map(({ id }) => id)).toEqual(["term-level", "term-stride"]);
    expect(cards[0]!.textContent).toBe("Level. How coarse a map is, see stride.");
    expect(cards[1]!.innerHTML).toBe("<strong>Stride.</strong> How far a window <em>moves</em>.");
    expect(document.querySelector(".term-cards a")).toBeNull();
  });

  it("comes with the script, which a page without terms lacks", () => {
    expect(document.querySelector("code.language-js")?.textContent).toContain("termCards(document)");
    expect(
      page("A [page](./results), its [place](./results#level), `[level](./glossary#level)`.").body.innerHTML,
    ).toBe(
      '<p>A <a href="./results">page</a>, its <a href="./results#level">place</a>, ' +
        "<code>[level](./glossary#level)</code>.</p>\n",
    );
  });

  it("fails a page, and the glossary itself, where the glossary lacks the term", () => {
    expect(() => page("A [levle](./glossary#levle).", "/permute")).toThrow(
      'src/permute.md links to the term "levle", which src/glossary.md does not define; ' +
        'use the anchor of one of its terms, such as "level".',
    );
    expect(() => page("### Level\n\nAs a [stride](#stride).", "/glossary")).toThrow(
      'src/glossary.md links to the term "stride", which src/glossary.md does not define;',
    );
    expect(page(glossary, "/glossary").querySelector(".term")).toBeNull();
  });
});

describe("a term", () => {
  const read = (source: string) => {
    const md = markdown(source);
    return { md, terms: termsIn(md.parse(source, { path: "/glossary" })) };
  };

  it("without a definition is refused", () => {
    expect(() => read("### Level\n\n### Stride\n\nFar.")).toThrow(
      'src/glossary.md: "Level" has no definition; add a paragraph after it.',
    );
  });

  it("whose definition is more than words is refused", () => {
    for (const [definition, held] of [
      ["How <b>coarse</b>.", "<b>"],
      ["How coarse: $2^l$.", "2^l"],
    ]) {
      const { md, terms } = read(`### Level\n\n${definition}`);
      expect(() => definitionHtml(md, terms.get("level")!)).toThrow(
        `src/glossary.md: the definition of "Level" contains "${held}"; it must be plain words`,
      );
    }
  });
});

describe("the glossary of the site", () => {
  const source = readFileSync("src/glossary.md", "utf8");
  const md = markdown(source);
  const terms = termsIn(md.parse(source, { path: "/glossary" }));

  it("defines each of its terms once, in words that a card can hold", () => {
    const headings = source.match(/^### .+$/gm)!.map((heading) => heading.slice(4));
    expect([...terms.values()].map(({ name }) => name)).toEqual(headings);
    expect(headings.length).toBeGreaterThanOrEqual(25);
    for (const term of terms.values()) {
      const words = new JSDOM(definitionHtml(md, term)).window.document.body.textContent.split(/\s+/).length;
      expect([term.name, words > 4 && words <= 60]).toEqual([term.name, true]);
    }
  });

  it("has every term that a page or a figure links, in Markdown or not", () => {
    const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
      (name) => /\.(md|ts)$/.test(name) && !name.includes(".observablehq"),
    );
    const linked = files.flatMap((name) =>
      [...readFileSync(join("src", name), "utf8").matchAll(/glossary#([\w-]+)/g)].map(
        ([, anchor]) => anchor!,
      ),
    );
    expect(linked.length).toBeGreaterThan(20);
    expect(linked.filter((anchor) => !terms.has(anchor))).toEqual([]);
  });
});
