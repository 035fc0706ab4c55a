import type { ResultsColumn } from "../../../src/pageData/resultsTable.js";
import "../../dom.js";

import { describe, expect, it } from "vitest";
import { resultsTable } from "../../../src/components/results/table.js";

const columns: ResultsColumn[] = [
  { key: "model", label: "Model", origin: "text" },
  { key: "AP", label: "AP", unit: "percent", origin: "published", decimals: [1, 1] },
  { key: "cost", label: "Cost", origin: "computed", decimals: [1, 2] },
  { key: "source", label: "Source", origin: "text" },
];
const rows = [
  { model: "Net-49", AP: 42.8, cost: 85.28, source: "A, Table 2" },
  { model: "Net-143", AP: 48, cost: null, source: "A, Table 2" },
  { model: "Base-50", AP: 40.4, cost: 1881.6595, source: "B" },
];

function draw(): HTMLElement {
  return resultsTable(rows, { columns, caption: "Detection", about: "On test-dev." });
}

function order(table: HTMLElement): (string | null)[] {
  return [...table.querySelectorAll("tbody th")].map(({ textContent }) => textContent);
}

function press(table: HTMLElement, label: string): void {
  const button = [...table.querySelectorAll("thead button")].find(({ textContent }) => textContent === label);
  if (!(button instanceof HTMLButtonElement)) throw new Error(`no button is labelled ${label}`);
  button.click();
}

function sorts(table: HTMLElement): (string | null)[] {
  return [...table.querySelectorAll("thead th")].map((header) => header.getAttribute("aria-sort"));
}

describe("resultsTable(rows, options)", () => {
  it("shows the rows as given, numbers with their column's decimals and what is missing as a dash", () => {
    const table = draw();
    const cells = [...table.querySelectorAll("tbody tr")].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    );
    expect(cells).toEqual([
      ["Net-49", "42.8", "85.28", "A, Table 2"],
      ["Net-143", "48.0", "–", "A, Table 2"],
      ["Base-50", "40.4", "1,881.66", "B"],
    ]);
    expect(sorts(table)).toEqual(["none", "none", "none", "none"]);
  });

  it("writes a true minus, and no minus before what rounds to zero", () => {
    const table = resultsTable([{ AP: -1.25 }, { AP: -0.04 }], {
      columns: [columns[1]!],
      caption: "Differences",
    });
    expect(order(table)).toEqual(["−1.3", "0.0"]);
  });

  it("sorts a number column from the highest, then from the lowest, then as given", () => {
    const table = draw();
    press(table, "AP");
    expect(order(table)).toEqual(["Net-143", "Net-49", "Base-50"]);
    expect(sorts(table)).toEqual(["none", "descending", "none", "none"]);
    press(table, "AP");
    expect(order(table)).toEqual(["Base-50", "Net-49", "Net-143"]);
    expect(sorts(table)).toEqual(["none", "ascending", "none", "none"]);
    press(table, "AP");
    expect(order(table)).toEqual(["Net-49", "Net-143", "Base-50"]);
    expect(sorts(table)).toEqual(["none", "none", "none", "none"]);
  });

  it("sorts text from A to Z, the numbers within it by their value", () => {
    const table = draw();
    press(table, "Model");
    expect(order(table)).toEqual(["Base-50", "Net-49", "Net-143"]);
  });

  it("keeps rows without a number last, whichever way it sorts", () => {
    const table = draw();
    press(table, "Cost");
    expect(order(table)).toEqual(["Base-50", "Net-49", "Net-143"]);
    press(table, "Cost");
    expect(order(table)).toEqual(["Net-49", "Base-50", "Net-143"]);
  });

  it("starts anew when another column is chosen", () => {
    const table = draw();
    press(table, "AP");
    press(table, "Cost");
    expect(sorts(table)).toEqual(["none", "none", "descending", "none"]);
  });

  it("marks computed numbers in their header and leaves published ones unmarked", () => {
    const headers = [...draw().querySelectorAll("thead th")];
    expect(headers.map((header) => header.querySelector(".results-mark")?.textContent ?? null)).toEqual([
      null,
      null,
      "computed",
      null,
    ]);
  });

  it("names each source once below the table and on each row", () => {
    const table = draw();
    expect(table.querySelector(".results-sources")?.textContent).toBe("Source: A, Table 2; B.");
    expect(table.querySelector("tbody tr")?.getAttribute("title")).toBe("Source: A, Table 2");
  });

  it("scrolls in a region that the keyboard reaches and that has a name", () => {
    const region = draw().querySelector("[role=region]");
    expect(region?.getAttribute("tabindex")).toBe("0");
    expect(region?.getAttribute("aria-label")).toBe("Detection");
  });
});
