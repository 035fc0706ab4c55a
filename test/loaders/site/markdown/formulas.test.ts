import fc from "fast-check";
import { JSDOM } from "jsdom";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { formulas } from "../../../../loaders/site/markdown/formulas.js";
import { setFormula } from "../../../../loaders/site/markdown/setFormula.js";

const md = new MarkdownIt({ html: true, typographer: true }).use(formulas);
const render = (source: string) => md.render(source, { path: "/evaluate" });
/** The TeX of each formula in a page, as MathML keeps it. */
const texOf = (source: string) =>
  [...new JSDOM(render(source)).window.document.querySelectorAll("annotation")].map((tex) => tex.textContent);

describe("a formula in Markdown", () => {
  it("is set within a sentence as MathML", () => {
    expect(texOf("Channels, $\\alpha C$, and $4C'$.")).toEqual(["\\alpha C", "4C'"]);
    const { document } = new JSDOM(render("$\\frac{a}{b}$")).window;
    expect(document.querySelector("p > span.formula math mfrac")).not.toBeNull();
    expect(document.querySelector("math")?.hasAttribute("display")).toBe(false);
  });

  it("is set on its own between double dollars, on one line or several", () => {
    for (const source of ["$$a = b$$", "Before.\n\n$$\na =\nb\n$$\n\nAfter."]) {
      const { document } = new JSDOM(render(source)).window;
      expect(document.querySelector("div.formula.display > .katex > math")?.getAttribute("display")).toBe(
        "block",
      );
      expect(document.querySelector("p div")).toBeNull();
    }
  });

  it("leaves dollars of text alone: prices, escaped ones, code, computed values, elements", () => {
    const texts = [
      "$5 and $6",
      "$5-$6",
      "US$ 5, A$ 6",
      "It costs $ 5 $.",
      "\\$x\\$",
      "`$x$`",
      "$HOME and `$x`",
      "$a <b>$</b>",
      "a lone $ sign",
      "$$ and no end",
      "$" + "{x} and $" + "{y}",
      "$5 and $" + "{y} a$",
    ];
    for (const text of texts) expect([text, texOf(text)]).toEqual([text, []]);
    expect(render("$5 and $6")).toBe("<p>$5 and $6</p>\n");
  });

  it("keeps an escaped dollar as part of itself", () => {
    expect(texOf("$5\\$ x$")).toEqual(["5\\$ x"]);
  });

  it("that is no TeX fails the page, which is named", () => {
    expect(() => render("$\\frac{a}$")).toThrow(
      /^src\/evaluate\.md: "\\frac\{a\}" is not a valid formula: KaTeX/,
    );
    expect(() => setFormula("\\frac{a}")).toThrow();
  });

  it("changes nothing of a text without dollars", () => {
    const plain = new MarkdownIt({ html: true, typographer: true });
    fc.assert(
      fc.property(fc.string(), (text) => {
        const source = text.replaceAll("$", "");
        expect(render(source)).toBe(plain.render(source));
      }),
    );
  });
});
