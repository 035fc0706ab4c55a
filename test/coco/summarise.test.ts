import { describe, expect, it } from "vitest";
import { averagePrecisions, summarise, summaryStats } from "../../src/coco/summarise.js";

const parameters = {
  iouThresholds: [0.5, 0.75],
  recallThresholds: [0, 1],
  maxDets: [1, 100],
  areaRanges: [
    { name: "all", min: 0, max: 1e10 },
    { name: "large", min: 9216, max: 1e10 },
  ],
  respectIgnore: false,
  classAgnostic: false,
};

/** Two categories; `value` fills a cell. */
function curves(value: (t: number, k: number, a: number, m: number) => number) {
  const precision: number[] = [];
  const recall: number[] = [];
  for (let t = 0; t < 2; t++) {
    for (let r = 0; r < 2; r++) {
      for (let k = 0; k < 2; k++) {
        for (let a = 0; a < 2; a++) {
          for (let m = 0; m < 2; m++) {
            // The second recall threshold has half the precision of the first.
            precision.push(value(t, k, a, m) / (value(t, k, a, m) < 0 ? 1 : r + 1));
            if (r === 0) recall.push(value(t, k, a, m));
          }
        }
      }
    }
  }
  return {
    precision: Float64Array.from(precision),
    recall: Float64Array.from(recall),
    scores: new Float64Array(precision.length),
  };
}

describe("summarise", () => {
  it("names COCO's twelve numbers in their order", () => {
    expect(summaryStats.map(({ name }) => name).join(" ")).toBe(
      "AP AP50 AP75 APs APm APl AR1 AR10 AR100 ARs ARm ARl",
    );
  });

  it("means over thresholds and categories of the right slice, and over nothing where there is none", () => {
    // A cell is 0.8 at IoU 0.5 and 0.4 at 0.75; half of that with one detection; a quarter for large objects.
    const stats = summarise(
      curves((t, _, a, m) => (t === 0 ? 0.8 : 0.4) * (m === 0 ? 0.5 : 1) * (a === 1 ? 0.25 : 1)),
      parameters,
      2,
    );
    // AP: (0.8 + 0.4 + 0.4 + 0.2) / 4; AP50: (0.8 + 0.4) / 2; AP75: (0.4 + 0.2) / 2; APl: AP / 4. No small, no medium.
    // AR1: (0.4 + 0.2) / 2; AR10, the second of maxDets, and AR100, the last, are the same here: (0.8 + 0.4) / 2.
    const expected = [0.45, 0.6, 0.3, -1, -1, 0.1125, 0.3, 0.6, 0.6, -1, -1, 0.15];
    expect(stats).toHaveLength(12);
    for (const [index, value] of expected.entries()) {
      expect(stats[index], summaryStats[index]!.name).toBeCloseTo(value, 12);
    }
  });

  it("leaves categories without objects out of the mean", () => {
    const one = curves((_, k) => (k === 0 ? 0.5 : -1));
    // (0.5 + 0.25) / 2, of the first category alone.
    expect(summarise(one, parameters, 2)[0]).toBeCloseTo(0.375, 12);
    expect(averagePrecisions(one, parameters, 2)).toEqual([0.375, -1]);
  });

  it("has no AR at a second number of detections where only one is asked for", () => {
    const single = { ...parameters, maxDets: [100] };
    const stats = summarise(
      curves(() => 1),
      single,
      1,
    );
    expect([stats[6], stats[7], stats[8]]).toEqual([1, -1, 1]);
  });
});
