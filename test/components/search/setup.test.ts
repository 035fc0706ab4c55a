import "../../dom.js";
import { describe, expect, it } from "vitest";
import { searchSetup } from "../../../src/components/search/setup.js";

describe("what a search was made of", () => {
  const setup = searchSetup([
    { part: "Proxy", item: "Training", given: "5 epochs", source: "arXiv:1912.05027v3, Section 5.1" },
    { part: "Price", item: "Machines", given: "100", source: "arXiv:1912.05027v3, Section 5.1" },
    { part: "Price", item: "Days", given: null, source: "arXiv:1912.05027v3" },
  ]);

  it("stands part by part, each item with the section that gives it", () => {
    const parts = [...setup.querySelectorAll("section")].map((section) => [
      section.querySelector("h3")?.textContent,
      ...[...section.querySelectorAll("dl > div")].map(({ textContent }) => textContent),
    ]);
    expect(parts).toEqual([
      ["Proxy", "Training5 epochs Section 5.1"],
      ["Price", "Machines100 Section 5.1", "Daysnot published"],
    ]);
  });
});
