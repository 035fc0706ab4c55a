import { existsSync } from "node:fs";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import MarkdownIt from "markdown-it";
import { expect, it } from "vitest";
import { markdown } from "../../../../loaders/site/markdown/markdown.js";

const md = new MarkdownIt({ html: true, typographer: true }).use(markdown, "src");

it("a page has formulas, levels’ names and, before all else, the style of its words", () => {
  const page = md.render("# Level 3\n\nOf $C$ channels.", { path: "/scale" });
  const { document } = new JSDOM(`<main>${page}</main>`).window;
  const [style, ...others] = document.querySelectorAll("link[rel=stylesheet]");
  expect(others).toEqual([]);
  expect(style!.nextElementSibling?.tagName).toBe("H1");
  expect(existsSync(join("src", style!.getAttribute("href")!))).toBe(true);
  expect(document.querySelector("h1 .level-name")?.textContent).toBe("Level 3");
  expect(document.querySelector("p math")).not.toBeNull();
});
