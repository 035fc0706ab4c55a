import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../../../src/coco/evaluate.js";
import { cocoParameters } from "../../../../src/coco/parameters.js";
import { curveOf, envelopeOf } from "../../../../src/components/evaluate/averagePrecision/curve.js";
import { cocoOf, type Example } from "../../../../src/components/evaluate/averagePrecision/example.js";
import { matchExample } from "../../../../src/components/evaluate/averagePrecision/matching.js";
import { measureExample } from "../../../../src/components/evaluate/averagePrecision/measure.js";
import { apPresets } from "../../../../src/components/evaluate/averagePrecision/presets.js";
import type { ApView } from "../../../../src/components/evaluate/averagePrecision/settings.js";
import { arbitraryExample, arbitraryView } from "./arbitraryExample.js";

const { iouThresholds, areaRanges } = cocoParameters;

function drawn(example: Example, { category, threshold, area, maxDets }: ApView) {
  const range = areaRanges.find(({ name }) => name === area)!;
  return curveOf(matchExample(example, { category, iou: iouThresholds[threshold]!, area: range, maxDets }));
}

/** By the evaluation: the curve's samples, the recall that all detections reach, and the mean of the samples. */
function evaluated(example: Example, { category, threshold, area, maxDets }: ApView) {
  const { dataset, detections } = cocoOf(example);
  const { precision, recall, stats } = evaluate(dataset, detections, "bbox", {
    respectIgnore: true,
    categoryIds: [category + 1],
    areaRanges: [{ ...areaRanges.find(({ name }) => name === area)!, name: "all" }],
    iouThresholds: [iouThresholds[threshold]!],
    maxDets: [maxDets],
  });
  return { sampled: [...precision], recall: recall[0]!, averagePrecision: stats[0]! };
}

describe("curveOf(matching)", () => {
  it("agrees with the evaluation on any example, at any threshold, size and limit", () => {
    fc.assert(
      fc.property(arbitraryExample, arbitraryView, (example, view) => {
        const { averagePrecision, sampled, points, positives } = drawn(example, view);
        const right = evaluated(example, view);
        if (positives === 0) {
          expect(averagePrecision).toBeNull();
          expect(right.averagePrecision).toBe(-1);
          return;
        }
        expect(Math.abs(averagePrecision! - right.averagePrecision)).toBeLessThan(1e-12);
        expect(points.at(-1)?.recall ?? 0).toBe(right.recall);
        expect(sampled.every((value, i) => Math.abs(value - right.sampled[i]!) < 1e-12)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it.each(apPresets)("agrees with it on the example $title, at every threshold", ({ example, view }) => {
    const { averagePrecisions } = measureExample(example, view);
    for (const threshold of iouThresholds.keys()) {
      const { averagePrecision } = drawn(example, { ...view, threshold });
      expect(Math.abs(averagePrecision! - averagePrecisions[threshold]!)).toBeLessThan(1e-12);
    }
  });

  it("counts right and wrong as it goes down the ranking", () => {
    const box = (x: number) => [x, 0, 40, 40] as const;
    const at = (x: number, score: number) => ({ image: 0, category: 0, bbox: box(x), score });
    const example: Example = {
      objects: [0, 100].map((x) => ({ image: 0, category: 0, bbox: box(x), mark: "counted" })),
      detections: [at(0, 0.9), at(200, 0.8), at(100, 0.7)],
    };
    const { points, sampled, averagePrecision } = drawn(example, apPresets[0]!.view);
    expect(points.map(({ right, wrong }) => [right, wrong])).toEqual([
      [1, 0],
      [1, 1],
      [2, 1],
    ]);
    expect(points.map(({ precision }) => precision)).toEqual([1, 1 / 2, 2 / 3]);
    expect(points.map(({ recall }) => recall)).toEqual([1 / 2, 1 / 2, 1]);
    expect(envelopeOf(points)).toEqual([1, 2 / 3, 2 / 3]);
    // Recalls 0, 0.01, … 0.50 are 51 and have precision 1, the 50 others 2/3.
    expect(sampled.filter((precision) => precision === 1)).toHaveLength(51);
    expect(averagePrecision).toBeCloseTo((51 + 50 * (2 / 3)) / 101, 12);
  });
});
