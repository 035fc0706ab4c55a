import "../dom.js";
import { describe, expect, it } from "vitest";
import { type DistributionOptions, distribution } from "../../src/components/distribution.js";
import { expectGolden } from "../golden.js";

const options: DistributionOptions = {
  width: 400,
  title: "Paths",
  description: "More than all.",
  format: String,
  step: 1,
  marks: [
    { label: "SpineNet-49", value: 9, shape: "disc" },
    { label: "R0-SP53", value: 4, shape: "diamond" },
  ],
};
const values = [2, 3, 3, 4, 4, 4, 5, 7];

const bars = (svg: SVGSVGElement) =>
  [...svg.querySelectorAll("rect")].map((bar) => Number(bar.getAttribute("height")));
const label = (svg: SVGSVGElement, words: string) =>
  [...svg.querySelectorAll("text")].find(({ textContent }) => textContent === words)!;

describe("a distribution", () => {
  it("draws as it is kept", () => {
    expectGolden("distribution", distribution(values, options).outerHTML);
  });

  it("has a bar a multiple of its step, the highest for the most frequent", () => {
    // 2, 3, 4, 5 and 7 occur 1, 2, 3, 1 and 1 times; the highest bar is 48 of 54 pixels.
    expect(bars(distribution(values, options))).toEqual([16, 32, 48, 16, 16]);
  });

  it("keeps equal ratios equally far apart on a logarithmic scale, the ends included", () => {
    const svg = distribution([1, 11, 100], { ...options, step: undefined, logarithmic: true, marks: [] });
    expect(bars(svg)).toEqual([48, 48, 48]);
    const [first, middle, last] = [...svg.querySelectorAll("rect")].map((bar) =>
      Number(bar.getAttribute("x")),
    );
    // 40 bars over 400 − 2 · 6 pixels, 9.7 each: 1 is in the first, 11, of 0.52 the way, in the 21st, 100 in the last.
    expect([first, middle, last]).toEqual([6.5, 200.5, 384.8]);
  });

  it("tells readers of screens its title and description", () => {
    expect(distribution(values, options).getAttribute("aria-label")).toBe("Paths. More than all.");
  });

  it("puts a label left of its mark where there is no room right of it", () => {
    const svg = distribution(values, options);
    expect(label(svg, "SpineNet-49 9").getAttribute("text-anchor")).toBe("end");
    expect(label(svg, "R0-SP53 4").getAttribute("text-anchor")).toBe("start");
  });

  it("puts a label left where the line of a mark above would cross it", () => {
    const marks = [
      { label: "above", value: 5, shape: "disc" as const },
      { label: "below it", value: 4.6, shape: "ring" as const },
    ];
    const svg = distribution(values, { ...options, marks });
    expect(label(svg, "below it 4.6").getAttribute("text-anchor")).toBe("end");
  });
});
