import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { header, sitePages } from "../../../loaders/site/frame.js";

const headerOf = (path: string): Document =>
  new JSDOM(header({ title: null, data: {}, path })).window.document;
const names = (nodes: Iterable<Element>): (string | null)[] => [...nodes].map((node) => node.textContent);

describe("the line above each page", () => {
  it("leads to every page, in the order of the pager", () => {
    const links = [...headerOf("/index").querySelectorAll("nav a")];
    expect(links.map((link) => link.getAttribute("href"))).toEqual(sitePages.map(({ path }) => path));
  });

  it("groups the pages by what a reader comes for, overview and about apart", () => {
    const document = headerOf("/index");
    expect(names(document.querySelectorAll("nav p"))).toEqual(["Understand", "Reproduce", "Try"]);
    const lists = [...document.querySelectorAll("nav ul")];
    expect(names(lists[0]!.querySelectorAll("a"))).toEqual(["Overview"]);
    for (const list of document.querySelectorAll("nav ul[aria-labelledby]")) {
      const label = document.getElementById(list.getAttribute("aria-labelledby")!);
      const group = sitePages.filter((page) => page.group === label?.textContent);
      expect(names(list.querySelectorAll("a"))).toEqual(group.map(({ name }) => name));
    }
  });

  it("marks the present page, and none on a page that it does not lead to", () => {
    expect(names(headerOf("/scale").querySelectorAll("[aria-current=page]"))).toEqual(["Scale"]);
    expect(names(headerOf("/index").querySelectorAll("[aria-current=page]"))).toEqual(["Overview"]);
    expect(names(headerOf("/404").querySelectorAll("[aria-current], .present-page"))).toEqual([]);
  });

  it("opens on a narrow screen by a button that names what it opens, with no script", () => {
    const document = headerOf("/scale");
    const target = document.querySelector("button")!.getAttribute("popovertarget")!;
    expect(document.getElementById(target)?.getAttribute("aria-label")).toBe("Pages");
    expect(document.querySelector("script, [onclick]")).toBeNull();
  });
});
