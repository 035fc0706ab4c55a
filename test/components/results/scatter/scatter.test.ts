import type { ScatterPoint } from "../../../../src/pageData/results.js";
import "../../../dom.js";

import { describe, expect, it } from "vitest";
import { loadResults } from "../../../../loaders/pages/results/loadResults.js";
import { apScatter } from "../../../../src/components/results/scatter/scatter.js";
import { expectGolden } from "../../../golden.js";

const point = (
  model: string,
  family: string,
  series: string,
  multiplyAddsB: number,
  AP: number,
): ScatterPoint => ({
  id: `${model}-${series}`,
  model,
  label: model,
  family,
  series,
  multiplyAddsB,
  // The other way round than multiply-adds, so that the axes cannot be mistaken for each other.
  parametersM: 1000 / multiplyAddsB,
  AP,
  source: "A, Table 2",
});

const { scatter } = await loadResults();

const points = [
  point("S-2", "SpineNet", "B", 100, 45),
  point("S-1", "SpineNet", "B", 10, 40),
  point("S-2", "SpineNet", "C", 100, 47),
  point("S-1", "SpineNet", "C", 10, 42),
  point("R-1", "ResNet-FPN", "B", 20, 38),
  point("R-2", "ResNet-FPN", "B", 200, 43),
];

describe("apScatter(points, options)", () => {
  it("joins the points of one family and series from the cheapest to the dearest", () => {
    const lines = [...apScatter(points).querySelectorAll("path[stroke-width='1.75'][fill='none']")];
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      const numbers = line
        .getAttribute("d")!
        .match(/[\d.]+/g)!
        .map(Number);
      expect(numbers[0]).toBeLessThan(numbers[2]!);
    }
    expect(lines.map((line) => line.getAttribute("stroke-dasharray"))).toEqual([null, "5 4", null]);
  });

  it("puts equal ratios of cost at equal distances", () => {
    const dots = [...apScatter(points, { width: 600 }).querySelectorAll("[tabindex]")];
    const at = (name: string): number => {
      const dot = dots.find((element) => element.getAttribute("aria-label")?.startsWith(name));
      return Number(/translate\(([\d.]+)/.exec(dot?.getAttribute("transform") ?? "")?.[1]);
    };
    // 10 → 100 and 20 → 200 are both tenfold.
    expect(at("S-2, B") - at("S-1, B")).toBeCloseTo(at("R-2") - at("R-1"), 0);
  });

  it("tells each point in words", () => {
    const dot = apScatter(points).querySelector("[aria-label^='R-1']");
    expect(dot?.getAttribute("aria-label")).toBe(
      "R-1, B: AP 38.0 at 20 billion multiply-adds and 50 million parameters; A, Table 2",
    );
  });

  it("takes one stop of the tab key, and arrows walk on from it", () => {
    const svg = apScatter(points);
    document.body.append(svg);
    const stops = () => [...svg.querySelectorAll<SVGElement>("[tabindex='0']")];
    expect(stops()).toHaveLength(1);
    // The cheapest two cost 10; of them the one of lower AP comes first.
    expect(stops()[0]!.getAttribute("aria-label")).toMatch(/^S-1, B/);
    stops()[0]!.focus();
    expect(svg.querySelector(".ap-scatter-detail")?.textContent).toContain("AP 40.0 · 10B multiply-adds");
    stops()[0]!.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
    expect(stops()).toHaveLength(1);
    expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^R-2, B/);
    expect(svg.querySelector(".ap-scatter-detail")?.textContent).toContain("AP 43.0");
  });

  it("walks and joins by parameters where these are the axis", () => {
    const dots = [...apScatter(points, { axis: "parametersM" }).querySelectorAll("[data-id]")];
    // 1000 / 200, 1000 / 100 twice, 1000 / 20, 1000 / 10 twice.
    expect(dots.map((dot) => dot.getAttribute("data-id"))).toEqual([
      "R-2-B",
      "S-2-B",
      "S-2-C",
      "R-1-B",
      "S-1-B",
      "S-1-C",
    ]);
  });

  it("tells which point is touched, and fades those that are not shown", () => {
    const told: (string | null)[] = [];
    const svg = apScatter(points, { shown: new Set(["S-1-B"]), touched: (id) => told.push(id) });
    document.body.append(svg);
    const dot = (id: string) => svg.querySelector<SVGElement>(`[data-id="${id}"]`)!;
    dot("S-1-B").focus();
    dot("R-1-B").focus();
    dot("R-1-B").blur();
    expect(told).toEqual(["S-1-B", null, "R-1-B", null]);
    expect(dot("S-1-B").getAttribute("opacity")).toBeNull();
    expect(dot("R-1-B").getAttribute("opacity")).toBe("0.25");
  });

  it.each([
    ["ap-scatter-wide", 640, "multiplyAddsB"],
    ["ap-scatter-phone", 342, "multiplyAddsB"],
    ["ap-scatter-parameters-wide", 640, "parametersM"],
    ["ap-scatter-parameters-phone", 342, "parametersM"],
  ] as const)("draws the detectors of Table 2 as in golden/%s.svg", (name, width, axis) => {
    expectGolden(name, apScatter(scatter, { width, axis }).outerHTML);
  });

  it("is named and described as a drawing", () => {
    const drawing = apScatter(points, { title: "T", description: "D" }).querySelector("g[role=img]");
    expect(drawing?.querySelector("title")?.textContent).toBe("T");
    expect(drawing?.querySelector("desc")?.textContent).toBe("D");
  });
});
