import "../../dom.js";

import { describe, expect, it } from "vitest";
import { loadResults } from "../../../loaders/pages/results/loadResults.js";
import { resultsPage } from "../../../src/components/results/page.js";
import { fakeAddress } from "../page/state/fakeAddress.js";

const results = await loadResults();

function open(query = "") {
  const address = fakeAddress(query);
  const page = resultsPage({
    ...results,
    tables: { detection: results.tables.detection },
    title: (cost) => `AP against ${cost}`,
    description: "The table says the same.",
    address,
  });
  const table = page.table("detection");
  document.body.replaceChildren(page.scatter, table);
  return {
    page,
    table,
    goTo: address.go,
    query: address.query,
    dot: (id: string) => page.scatter.querySelector<SVGElement>(`[data-id="${id}"]`)!,
    row: (name: string) => table.querySelector<HTMLInputElement>(`[aria-label="Compare ${name}"]`)!,
  };
}

const name = "SpineNet-49 at 640 px, protocol B";
const id = "spinenet-49-640-b";

describe("resultsPage(options)", () => {
  it("lights up the row of a point and the point of a row", () => {
    const { table, dot, row } = open();
    dot(id).focus();
    expect(table.querySelectorAll(".results-lit")).toHaveLength(1);
    expect(row(name).closest("tr")?.classList.contains("results-lit")).toBe(true);
    dot(id).blur();
    expect(table.querySelectorAll(".results-lit")).toHaveLength(0);
    row(name).focus();
    expect(dot(id).classList.contains("lit")).toBe(true);
    row(name).blur();
    expect(dot(id).classList.contains("lit")).toBe(false);
  });

  it("has a row for each point and a point for each row", () => {
    const { page, table } = open();
    expect(page.scatter.querySelectorAll("[data-id]")).toHaveLength(16);
    expect(table.querySelectorAll("tbody input")).toHaveLength(16);
    for (const point of results.scatter) {
      const row = results.tables.detection.rows.find((one) => one.id === point.id);
      expect([row?.AP, row?.multiplyAddsB, row?.parametersM]).toEqual([
        point.AP,
        point.multiplyAddsB,
        point.parametersM,
      ]);
    }
  });

  it("switches what AP is drawn against, and fades points whose rows are narrowed away", () => {
    const { page, table, query, dot } = open();
    const radio = [...page.scatter.querySelectorAll<HTMLInputElement>("input[type=radio]")];
    expect(radio.map(({ checked }) => checked)).toEqual([true, false]);
    radio[1]!.click();
    expect(page.scatter.querySelector("title")?.textContent).toBe("AP against parameters");
    expect(query()).toBe("?axis=parameters");
    const family = table.querySelector("select")!;
    family.value = "SpineNet";
    family.dispatchEvent(new Event("change"));
    expect(dot("r50-fpn-640-b").getAttribute("opacity")).toBe("0.25");
    expect(dot(id).getAttribute("opacity")).toBeNull();
    expect(query()).toBe("?axis=parameters&detection.family=SpineNet");
  });

  it("shows what its address says, and what it says after going back", () => {
    const { page, goTo, row, query } = open(`?axis=parameters&detection.rows=${id}`);
    const axis = () => page.scatter.querySelector("title")?.textContent;
    expect(axis()).toBe("AP against parameters");
    expect(row(name).checked).toBe(true);
    goTo("");
    expect(axis()).toBe("AP against multiply-adds");
    expect(row(name).checked).toBe(false);
    expect(query()).toBe("");
  });

  it("draws two tables for each group of runs, of networks and of runs, and keeps them in the address too", () => {
    const { page, query } = open();
    for (const { id } of results.measured) expect(page.measured(id)).toHaveLength(2);
    const { id: group } = results.measured.find(({ runs }) => runs.rows.length > 1)!;
    const [networks] = page.measured(group);
    document.body.append(networks!);
    networks?.querySelector<HTMLInputElement>("tbody input")?.click();
    expect(query()).toMatch(new RegExp(`^\\?${group}-networks\\.rows=[a-z0-9-]+$`));
  });

  it("names what its address gets wrong", () => {
    expect(open("?axis=time").page.problems).toHaveLength(1);
  });

  it("says which tables there are when asked for another", () => {
    // @ts-expect-error: a name of no table is refused by the types, too.
    expect(() => open().page.table("speed")).toThrow(/^No table is called "speed"; there are detection, /);
  });
});
