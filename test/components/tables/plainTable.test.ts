import "../../dom.js";
import { describe, expect, it } from "vitest";
import { plainTable } from "../../../src/components/tables/plainTable.js";

const table = plainTable({
  caption: "Things",
  columns: ["thing", "where", "how"],
  rows: [["a", { text: "there", address: "https://example.org/" }, { command: "npm start" }]],
});

describe("a table of words", () => {
  it("is a region that can be scrolled by keyboard, named as its caption says", () => {
    expect(table.getAttribute("role")).toBe("region");
    expect(table.getAttribute("tabindex")).toBe("0");
    expect(table.getAttribute("aria-label")).toBe(table.querySelector("caption")?.textContent);
  });

  it("names each row by its first cell, and sets links and commands as what they are", () => {
    expect(table.querySelector("tbody th[scope=row]")?.textContent).toBe("a");
    expect(table.querySelector("td a")?.getAttribute("href")).toBe("https://example.org/");
    expect(table.querySelector("td code")?.textContent).toBe("npm start");
  });
});
