import "../../../dom.js";
import { describe, expect, it } from "vitest";
import {
  type DistributionOptions,
  distribution,
} from "../../../../src/components/search/measures/distribution.js";
import { expectGolden } from "../../../golden.js";

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

  it("says below its title what its values are, in lines that fit, and moves all else down by them", () => {
    // 400 pixels hold 71 characters of 5.6; a line is 15 pixels high.
    const meaning = "the fewest blocks on a path from the input to an output, averaged over the outputs";
    const svg = distribution(values, { ...options, meaning });
    expect([...svg.querySelectorAll(".meaning")].map(({ textContent }) => textContent)).toEqual([
      "the fewest blocks on a path from the input to an output, averaged over",
      "the outputs",
    ]);
    const without = distribution(values, options);
    expect(Number(svg.getAttribute("height")) - Number(without.getAttribute("height"))).toBe(30);
    expect(bars(svg)).toEqual(bars(without));
  });

  it("lets a line stop above a label that it cannot miss, and go on below", () => {
    const marks = [
      { label: "above", value: 2.5, shape: "disc" as const },
      { label: "far left", value: 2, shape: "ring" as const },
    ];
    const svg = distribution(values, { ...options, marks });
    expect(label(svg, "far left 2").getAttribute("text-anchor")).toBe("start");
    const [gap, ...others] = svg.querySelectorAll(".gap");
    expect(others).toHaveLength(0);
    // Values lie from 1.5 to 7.5 in 6 to 394 pixels: 2.5 at 6 + 388 / 6 = 70.7; the second line of labels is at 44 to 62.
    expect(["x", "y", "width", "height"].map((name) => Number(gap?.getAttribute(name)))).toEqual([
      68.7, 45, 4, 16,
    ]);
    expect(distribution(values, options).querySelectorAll(".gap")).toHaveLength(0);
  });
});
