import { describe, expect, it } from "vitest";
import { precisionRecallCurve } from "../../../../src/components/evaluate/averagePrecision/precisionRecallCurve.js";
import { apPresets } from "../../../../src/components/evaluate/averagePrecision/presets.js";
import { apStore } from "../../../../src/components/evaluate/averagePrecision/store.js";
import { thresholdStrip } from "../../../../src/components/evaluate/averagePrecision/thresholdStrip.js";
import { apThresholds } from "../../../../src/components/evaluate/averagePrecision/thresholds.js";
import { document } from "../../../dom.js";
import { expectGolden } from "../../../golden.js";

const usual = apPresets[0]!;
const shownAt = (step: number | null) => apStore({ ...usual, view: { ...usual.view, step } }).shown;

describe("precisionRecallCurve(taken, whole, options)", () => {
  it.each([
    ["precision-recall-wide", 520, 380, null],
    ["precision-recall-phone", 342, 280, 6],
  ])("draws the first example as in golden/%s.svg", (name, width, height, step) => {
    const { taken, whole } = shownAt(step);
    expectGolden(
      name,
      precisionRecallCurve(taken, whole, { width, height, name: "AP at IoU 0.50" }).outerHTML,
    );
  });

  it("has a point a detection, says what it did, and fades those not yet taken", () => {
    const { taken, whole } = shownAt(4);
    const points = [...precisionRecallCurve(taken, whole).querySelectorAll(".curve-point")];
    expect(points).toHaveLength(8);
    // Seven boats; of the best four one is wrong.
    expect(points[3]!.getAttribute("aria-label")).toBe("4: ✗ wrong, precision 3/4 = 0.75, recall 3/7 = 0.43");
    expect(points.filter((point) => point.classList.contains("later"))).toHaveLength(4);
    expect(points.map((point) => point.getAttribute("tabindex"))).toEqual(["0", ...Array(7).fill("-1")]);
  });

  it("says that there is nothing to be found, and draws no curve of it", () => {
    const { taken, whole } = apStore({ ...usual, example: { ...usual.example, objects: [] } }).shown;
    const svg = precisionRecallCurve(taken, whole);
    expect(svg.getAttribute("aria-label")).toContain("There is nothing to be found.");
    expect(svg.querySelectorAll(".curve-point, .envelope")).toHaveLength(0);
  });
});

describe("thresholdStrip(curves, averagePrecisions, options)", () => {
  const { measure } = shownAt(null);

  it.each([
    ["threshold-strip-wide", 1120],
    ["threshold-strip-phone", 342],
  ])("draws the first example as in golden/%s.svg", (name, width) => {
    expectGolden(
      name,
      thresholdStrip(measure.curves, measure.averagePrecisions, { width, chosen: 0 }).outerHTML,
    );
  });

  it("names each threshold's number", () => {
    const label = thresholdStrip(measure.curves, measure.averagePrecisions).getAttribute("aria-label");
    expect(label).toMatch(/0\.50: 0\.631, .*0\.95: 0\.000$/);
  });
});

describe("apThresholds(store)", () => {
  it("follows the example, and its table says what the strip shows", () => {
    const store = apStore(usual);
    const figure = apThresholds(store);
    document.body.replaceChildren(figure);
    const numbers = () => [...figure.querySelectorAll("td")].map(({ textContent }) => textContent);
    expect(numbers()).toHaveLength(10);
    expect(figure.querySelector("figcaption")!.textContent).toBe(
      "Boats of all sizes, an image’s best 100. Mean of the ten: AP = 0.383",
    );
    expect(store.shown.measure.categoryStats[0]![0]).toBeCloseTo(0.383, 3);
    store.replace(apPresets.find(({ id }) => id === "late-mistakes")!);
    expect(numbers()[0]).toBe("1.000");
  });
});
