import { JSDOM } from "jsdom";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { levelNames } from "../../../../loaders/site/markdown/levelNames.js";

const md = new MarkdownIt({ html: true }).use(levelNames);
const namesIn = (source: string) => {
  const { document } = new JSDOM(md.render(source)).window;
  return [...document.querySelectorAll(".level-name")].map((name) => [
    name.textContent,
    name.getAttribute("style"),
  ]);
};

describe("a level's name", () => {
  it("has its level's hue, wherever it stands in a text", () => {
    expect(namesIn("Level 3 and *level 7*, [level 2](./glossary#level)-ish")).toEqual([
      ["Level 3", "--hue: var(--level-3)"],
      ["level 7", "--hue: var(--level-7)"],
      ["level 2", "--hue: var(--level-2)"],
    ]);
    expect(md.render("At level 5, or level 6.")).toBe(
      '<p>At <span class="level-name" style="--hue: var(--level-5)">level 5</span>, or ' +
        '<span class="level-name" style="--hue: var(--level-6)">level 6</span>.</p>\n',
    );
  });

  it("is none where it names no level that maps have, or is code", () => {
    for (const text of ["level 8", "level 35", "levels 3 to 7", "sublevel 3", "`level 3`", "a level"]) {
      expect([text, namesIn(text)]).toEqual([text, []]);
    }
  });
});
