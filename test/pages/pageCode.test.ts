import { describe, expect, it } from "vitest";
import { pageCode } from "./pageCode.js";

/** A page, with § for each dollar. */
const page = (...lines: string[]): string =>
  ["---", "title: A page", "---", ...lines, ""].join("\n").replaceAll("§", "$");
const linesOf = (...lines: string[]): string[] =>
  pageCode(page(...lines))
    .split("\n")
    .slice(3, -1);

describe("pageCode(markdown)", () => {
  it("keeps js blocks on their lines, and blanks prose and other blocks", () => {
    expect(linesOf("Prose.", "```js", "const a = 1;", "```", "```sh", "echo §{b}", "```")).toEqual([
      ..."      |     |const a = 1;|;  |     |         |;  ".split("|"),
    ]);
  });

  it("keeps each expression of the prose in its columns, as a statement", () => {
    expect(linesOf("It is §{a.b} and §{f({c: `}§{d}`}, '}')}.")).toEqual([
      "      ;(a.b)     ;(f({c: `}§{d}`}, '}')) ".replace("§", "$"),
    ]);
  });

  it("follows an expression over lines, and leaves an escaped dollar alone", () => {
    expect(linesOf("<div>§{f([", '  "a"', "])}</div> \\§{b}")).toEqual([
      "     ;(f([",
      '  "a"',
      "])) ".padEnd("])}</div> \\§{b}".length),
    ]);
  });

  it("imports Framework's names on the first line", () => {
    expect(pageCode(page()).split("\n")[0]).toMatch(
      /^import \{ display, html, invalidation, view \} from "observablehq:stdlib";/,
    );
  });

  it("refuses a page without front matter, and an expression without an end", () => {
    expect(() => pageCode("# A page\n")).toThrow("The page should begin with front matter");
    expect(() => pageCode(page("It is §{a."))).toThrow("An expression has no end: a.");
  });
});
