import "../../../dom.js";

import { describe, expect, it } from "vitest";
import { type BarRow, horizontalBars } from "../../../../src/components/evaluate/files/horizontalBars.js";
import { expectGolden } from "../../../golden.js";

const rows: BarRow[] = [
  { name: "boat", values: [0.5, 0.25], note: "12 objects" },
  { name: "a name that is much too long to be shown as it is", values: [1, 0], note: "1 object" },
  { name: "kite", values: [null, 0.125], note: "0 objects" },
];
const widthsOf = (svg: SVGSVGElement, name: string) =>
  [...svg.querySelectorAll(`[data-name='${name}'] .bar`)].map((bar) => Number(bar.getAttribute("width")));

describe("horizontalBars(rows, options)", () => {
  it("makes bars as long as their values", () => {
    const svg = horizontalBars(rows, { title: "T", most: 1 });
    const [first, second] = widthsOf(svg, "boat");
    const [whole] = widthsOf(svg, rows[1]!.name);
    expect(first! / whole!).toBeCloseTo(0.5, 2);
    // The second set's bars are hollow: their line, 1.5 wide, lies within.
    expect((second! + 1.5) / whole!).toBeCloseTo(0.25, 2);
  });

  it("says in words where there is no value, and draws no bar", () => {
    const svg = horizontalBars(rows, { title: "T", without: "no objects" });
    const kite = svg.querySelector("[data-name='kite']");
    expect(kite?.querySelectorAll(".bar")).toHaveLength(1);
    expect(kite?.textContent).toContain("no objects");
  });

  it("shortens long names, and keeps them whole for the pointer", () => {
    const text = horizontalBars(rows, { title: "T", width: 300 }).querySelector("[data-name^='a name'] text");
    expect(text?.firstChild?.textContent).toMatch(/^a name.*…$/);
    expect(text?.querySelector("title")?.textContent).toBe(rows[1]!.name);
  });

  it("shows names whole where there is room for the longest", () => {
    for (const name of ["category 41", "cat", "refrigerator"]) {
      const svg = horizontalBars([{ name, values: [1], note: "" }], { title: "T" });
      expect(svg.querySelector("[data-name] text")?.textContent).toBe(name);
    }
  });

  it("tells which row was pointed at, and marks the chosen one", () => {
    const picked: string[] = [];
    const svg = horizontalBars(rows, { title: "T", chosen: "boat", picked: (name) => picked.push(name) });
    svg.querySelector("[data-name='kite']")?.dispatchEvent(new MouseEvent("click"));
    expect(picked).toEqual(["kite"]);
    expect(svg.querySelectorAll(".chosen")).toHaveLength(1);
    expect(svg.querySelector("[data-name='boat'] .chosen")).not.toBeNull();
  });

  it("is named as a drawing, and takes no harm from having nothing to draw", () => {
    expect(horizontalBars(rows, { title: "T", description: "D." }).getAttribute("aria-label")).toBe("T. D.");
    expect(horizontalBars([], { title: "T" }).querySelectorAll(".bar")).toHaveLength(0);
    const zeros = horizontalBars([{ name: "boat", values: [0], note: "" }], { title: "T" });
    expect(widthsOf(zeros, "boat")).toEqual([0]);
  });

  it.each([
    ["horizontal-bars-wide", 640],
    ["horizontal-bars-phone", 342],
  ])("draws as in golden/%s.svg", (name, width) => {
    expectGolden(name, horizontalBars(rows, { width, most: 1, title: "AP of each class" }).outerHTML);
  });
});
