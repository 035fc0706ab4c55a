import type { ResultsTable } from "../../../src/pageData/resultsTable.js";
import "../../dom.js";

import { csvParse } from "d3";
import { describe, expect, it } from "vitest";
import { resultsExplorer } from "../../../src/components/results/explorer.js";
import { type TableView, untouched } from "../../../src/components/results/tableSettings.js";

const row = (id: string, AP: number, family: string) => ({
  id,
  name: `${id} at 640 px`,
  model: id,
  AP,
  family,
  source: "A, Table 2",
});
const table: ResultsTable = {
  caption: "Detection",
  about: "On test-dev.",
  columns: [
    { key: "model", label: "Model", origin: "text" },
    { key: "AP", label: "AP", decimals: [1, 1], comparison: "difference" },
  ],
  rows: [
    row("R-50", 40.4, "ResNet"),
    row("S-49", 42.8, "SpineNet"),
    row("S-96", 47.1, "SpineNet"),
    row("S-143", 48.1, "SpineNet"),
    row("R-101", 43.9, "ResNet"),
    row("R-152", 45.1, "ResNet"),
    row("N-50", 42.4, "NAS"),
  ],
  choices: [{ key: "family", label: "Family" }],
  remarks: { "S-49": { AP: "Another number: 43 in B" } },
};

function draw(options: Partial<Parameters<typeof resultsExplorer>[1]> = {}) {
  const explorer = resultsExplorer(table, { file: "detection", ...options });
  document.body.replaceChildren(explorer.node);
  const { node } = explorer;
  const shown = () => [...node.querySelectorAll("tbody tr:not(.results-out) th")].map((th) => th.textContent);
  const ticks = () => [...node.querySelectorAll<HTMLInputElement>("tbody input")];
  const compared = () => node.querySelector(".results-comparison")!.textContent;
  const saved = () =>
    decodeURIComponent(
      node.querySelector("a[download]")!.getAttribute("href")!.split(",").slice(1).join(","),
    );
  return { ...explorer, shown, ticks, compared, saved };
}

function type(field: HTMLInputElement | HTMLSelectElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event(field instanceof HTMLInputElement ? "input" : "change"));
}

describe("resultsExplorer(table, options)", () => {
  it("narrows to words and to a family, counts what is left, and saves only that", () => {
    const views: TableView[] = [];
    const { node, shown, saved } = draw({ changed: (view) => views.push(view) });
    expect(node.querySelector("output")?.textContent).toBe("7 of 7 rows");
    type(node.querySelector("select")!, "SpineNet");
    expect(shown()).toEqual(["S-49", "S-96", "S-143"]);
    type(node.querySelector<HTMLInputElement>("input[type=search]")!, "4");
    // 42.8, 47.1 and 48.1 have a 4 too.
    expect(node.querySelector("output")?.textContent).toBe("3 of 7 rows");
    type(node.querySelector<HTMLInputElement>("input[type=search]")!, "143");
    expect(shown()).toEqual(["S-143"]);
    expect(csvParse(saved()).map(({ model, AP, source }) => [model, AP, source])).toEqual([
      ["S-143", "48.1", "A, Table 2"],
    ]);
    expect(views.at(-1)).toEqual({ sort: null, find: "143", choices: { family: "SpineNet" }, ticked: [] });
    type(node.querySelector("select")!, "");
    expect(views.at(-1)?.choices).toEqual({});
  });

  it("keeps rows that are narrowed away in the table, so that its columns keep their widths", () => {
    const { node } = draw();
    type(node.querySelector("select")!, "NAS");
    expect(node.querySelectorAll("tbody tr")).toHaveLength(7);
    expect(node.querySelectorAll("tbody tr.results-out")).toHaveLength(6);
  });

  it("compares ticked rows with the one that was ticked first, and forgets them when asked", () => {
    const { node, ticks, compared } = draw();
    expect(compared()).toContain("Tick two rows or more to compare them.");
    ticks()[1]!.click();
    expect(compared()).toContain("S-49 at 640 px: tick what to hold against it.");
    ticks()[0]!.click();
    // 40.4 − 42.8
    expect(compared()).toContain("Against S-49 at 640 px, 1 row:");
    expect(node.querySelector(".results-comparison li")?.textContent).toBe("R-50 at 640 px: AP −2.4 points.");
    ticks()[1]!.click();
    expect(compared()).toContain("R-50 at 640 px: tick what");
    node.querySelector<HTMLButtonElement>(".results-comparison button")!.click();
    expect(ticks().some(({ checked }) => checked)).toBe(false);
    expect(compared()).toContain("Tick two rows or more");
  });

  it("gives each tick a name of its own and takes one stop of the tab key for all", () => {
    const { ticks } = draw();
    const stops = () => ticks().filter(({ tabIndex }) => tabIndex === 0);
    expect(ticks().map((tick) => tick.getAttribute("aria-label"))[1]).toBe("Compare S-49 at 640 px");
    expect(stops()).toEqual([ticks()[0]]);
    ticks()[0]!.focus();
    const press = (key: string) =>
      document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    press("ArrowDown");
    expect(document.activeElement).toBe(ticks()[1]);
    press("End");
    expect(document.activeElement).toBe(ticks()[6]);
    press("ArrowDown");
    expect(document.activeElement).toBe(ticks()[6]);
    expect(stops()).toEqual([ticks()[6]]);
  });

  it("lets the tab key reach a tick that is left when its stop is narrowed away", () => {
    const { node, ticks } = draw();
    type(node.querySelector("select")!, "NAS");
    expect(ticks().filter(({ tabIndex }) => tabIndex === 0)).toEqual([ticks()[6]]);
  });

  it("keeps the keyboard in a tick that is set", () => {
    const { ticks } = draw();
    ticks()[2]!.focus();
    ticks()[2]!.click();
    expect(document.activeElement).toBe(ticks()[2]);
  });

  it("shows a view it is given without telling of it", () => {
    const views: TableView[] = [];
    const { show, shown, ticks, compared } = draw({ changed: (view) => views.push(view) });
    show({
      sort: { key: "AP", direction: "ascending" },
      find: "",
      choices: { family: "ResNet" },
      ticked: ["R-152", "R-50"],
    });
    expect(shown()).toEqual(["R-50", "R-101", "R-152"]);
    expect(compared()).toContain("Against R-152 at 640 px");
    expect(ticks().filter(({ checked }) => checked)).toHaveLength(2);
    show(untouched);
    expect(shown()).toHaveLength(7);
    expect(views).toEqual([]);
  });

  it("tells which row is touched, and lights one up", () => {
    const told: (string | null)[] = [];
    const { node, light, ticks } = draw({ touched: (id) => told.push(id) });
    ticks()[1]!.focus();
    ticks()[1]!.blur();
    expect(told).toEqual(["S-49", null]);
    light("R-101");
    expect(node.querySelector(".results-lit th")?.textContent).toBe("R-101");
    light(null);
    expect(node.querySelector(".results-lit")).toBeNull();
  });

  it("marks a cell that another source contradicts, and says where to read on", () => {
    const { node } = draw();
    const marks = [...node.querySelectorAll("[role=img]")];
    expect(marks.map((mark) => mark.getAttribute("aria-label"))).toEqual(["Another number: 43 in B"]);
    expect(marks[0]?.closest("tr")?.querySelector("th")?.textContent).toBe("S-49");
    expect(node.querySelector("a[href='#where-sources-disagree']")).not.toBeNull();
  });
});
