import "../../../dom.js";

import { describe, expect, it } from "vitest";
import { evaluate } from "../../../../src/coco/evaluate.js";
import { precisionAt, scoreAt } from "../../../../src/components/evaluate/files/curveReading.js";
import { evaluationExample } from "../../../../src/components/evaluate/files/exampleFiles.js";
import { curveKinds, recallCurves } from "../../../../src/components/evaluate/files/recallCurves.js";
import type { MeasuredResults } from "../../../../src/messages/evaluation.js";
import { evaluationEngine } from "../../../../src/workers/evaluation/engine.js";
import { expectGolden } from "../../../golden.js";

/** Two thresholds, three recalls, two categories, the second without an object. */
const small: MeasuredResults = {
  images: 1,
  annotations: 1,
  detections: 1,
  remarks: [],
  categories: [
    { id: 1, name: "boat", objects: 1, detections: 1 },
    { id: 2, name: "kite", objects: 0, detections: 0 },
  ],
  stats: [],
  perCategoryAP: Float64Array.of(0.5, -1),
  iouThresholds: [0.5, 0.75],
  recallThresholds: [0, 0.5, 1],
  precision: Float64Array.of(1, -1, 0.5, -1, 0, -1, 0.5, -1, 0.25, -1, 0, -1),
  scores: Float64Array.of(0.9, -1, 0.8, -1, 0, -1, 0.9, -1, 0.7, -1, 0, -1),
  milliseconds: 1,
};

describe("precisionAt(results, kind, category)", () => {
  it("reads one threshold, or the mean over all", () => {
    expect(precisionAt(small, "0.50", 0)).toEqual([1, 0.5, 0]);
    expect(precisionAt(small, "0.75", 0)).toEqual([0.5, 0.25, 0]);
    // (1 + 0.5) / 2, (0.5 + 0.25) / 2, 0.
    expect(precisionAt(small, "0.50:0.95", 0)).toEqual([0.75, 0.375, 0]);
  });

  it("leaves classes without an object out of the mean, and has nothing where none has one", () => {
    expect(precisionAt(small, "0.50", null)).toEqual([1, 0.5, 0]);
    expect(precisionAt(small, "0.50", 1)).toEqual([null, null, null]);
  });

  it("has AP as its own mean", async () => {
    const { annotations, careful } = evaluationExample({ images: 20 });
    const file = (key: number, value: unknown) => ({
      key,
      name: `${key}.json`,
      file: new Blob([JSON.stringify(value)]),
    });
    const measured = await evaluationEngine().measure(
      { groundTruth: file(0, annotations), detections: file(1, careful), iouType: "bbox" },
      () => {},
    );
    const { stats, perCategoryAP } = evaluate(annotations, careful, "bbox");
    const mean = (kind: (typeof curveKinds)[number], category: number | null) => {
      const values = precisionAt(measured, kind, category).map((value) => value ?? Number.NaN);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(mean("0.50:0.95", null)).toBeCloseTo(stats[0]!, 12);
    expect(mean("0.50", null)).toBeCloseTo(stats[1]!, 12);
    expect(mean("0.75", null)).toBeCloseTo(stats[2]!, 12);
    expect(mean("0.50:0.95", 2)).toBeCloseTo(perCategoryAP[2]!, 12);
  });
});

describe("scoreAt(results, category)", () => {
  it("gives the score at an IoU of 0.50, and none where a recall is not reached", () => {
    expect(scoreAt(small, 0)).toEqual([0.9, 0.8, null]);
    expect(scoreAt(small, 1)).toEqual([null, null, null]);
  });
});

const falling = (from: number) => Array.from({ length: 11 }, (_, index) => Math.max(from - index / 10, 0));
const curves = [0, 1].flatMap((set) =>
  curveKinds.map((kind, index) => ({ kind, set, precision: falling(1 - 0.15 * index - 0.2 * set) })),
);

describe("recallCurves(curves, options)", () => {
  it("draws precision upwards and recall to the right, a line a curve", () => {
    const drawn = recallCurves([{ kind: "0.50", set: 0, precision: [1, 0.5, 0] }], {
      title: "T",
      width: 200,
      height: 200,
    });
    const lines = drawn.querySelectorAll(".curve");
    expect(lines).toHaveLength(1);
    // Left 36, right 190; top 46, bottom 162.
    expect(lines[0]?.getAttribute("d")).toBe("M36,46L113,104L190,162");
  });

  it("draws nothing of a class that has nothing to be found", () => {
    const drawn = recallCurves([{ kind: "0.50", set: 0, precision: [null, null] }], { title: "T" });
    expect(drawn.querySelectorAll(".curve")).toHaveLength(0);
  });

  it("tells thresholds apart by dashes, sets by thickness, and names both in a key", () => {
    const drawn = recallCurves(curves, { title: "T", sets: ["A, careful.json", "B, hasty.json"] });
    const lines = [...drawn.querySelectorAll(".curve")];
    const looks = lines.map((line) =>
      ["stroke-dasharray", "stroke-width"].map((name) => line.getAttribute(name)).join("|"),
    );
    expect(new Set(looks).size).toBe(6);
    for (const words of [
      "IoU 0.50",
      "IoU 0.75",
      "mean over IoU 0.50:0.95",
      "A, careful.json",
      "B, hasty.json",
    ]) {
      expect(drawn.textContent).toContain(words);
    }
  });

  it.each([
    ["recall-curves-wide", 640, ["A, careful.json", "B, hasty.json"]],
    ["recall-curves-phone", 342, ["A, careful.json", "B, hasty.json"]],
    ["recall-curves-alone", 640, []],
  ])("draws as in golden/%s.svg", (name, width, sets) => {
    const shown = sets.length === 0 ? curves.slice(0, 3) : curves;
    expectGolden(name, recallCurves(shown, { width, title: "Precision against recall", sets }).outerHTML);
  });
});
