import "../../dom.js";
import { describe, expect, it } from "vitest";
import { headlines } from "../../../src/components/tables/headlines.js";

const number = {
  value: "+2.4 AP",
  label: "one against another",
  source: "arXiv:1912.05027v3, Table 2",
  section: "detection",
};

describe("the numbers in large type", () => {
  it("lead to their table among the results, and are described by their source", () => {
    const list = headlines([number], "./results");
    const link = list.querySelector("a")!;
    expect(link.textContent).toBe("+2.4 AP");
    expect(link.getAttribute("href")).toBe("./results#detection");
    expect(list.querySelector(`#${link.getAttribute("aria-describedby")}`)?.textContent).toBe(number.source);
  });

  it("lead down the page where they stand among the results", () => {
    expect(headlines([number]).querySelector("a")?.getAttribute("href")).toBe("#detection");
  });
});
