import "../dom.js";

import { describe, expect, it } from "vitest";
import { loadResults } from "../../loaders/results.js";
import { type ApScatterPoint, apScatter } from "../../src/components/apScatter.js";
import { expectGolden } from "../golden.js";

const point = (
  model: string,
  family: string,
  series: string,
  multiplyAddsB: number,
  AP: number,
): ApScatterPoint => ({
  model,
  label: model,
  family,
  series,
  multiplyAddsB,
  AP,
  detail: "1.0M parameters",
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
      "R-1, B: AP 38.0 at 20 billion multiply-adds; 1.0M parameters",
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

  it.each([
    ["ap-scatter-wide", 640],
    ["ap-scatter-phone", 342],
  ])("draws the detectors of Table 2 as in golden/%s.svg", (name, width) => {
    expectGolden(name, apScatter(scatter, { width }).outerHTML);
  });

  it("is named and described as a drawing", () => {
    const drawing = apScatter(points, { title: "T", description: "D" }).querySelector("g[role=img]");
    expect(drawing?.querySelector("title")?.textContent).toBe("T");
    expect(drawing?.querySelector("desc")?.textContent).toBe("D");
  });
});
