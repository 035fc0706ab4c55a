import { describe, expect, it } from "vitest";
import { Accumulator } from "../../src/coco/accumulate.js";
import type { CategoryMatches } from "../../src/coco/matching/categoryMatches.js";
import { outcomeOf } from "../../src/coco/matching/outcome.js";

const parameters = {
  iouThresholds: [0.5],
  recallThresholds: [0, 0.5, 0.75, 1],
  maxDets: [1, 100],
  areaRanges: [{ name: "all", min: 0, max: 1e10 }],
  respectIgnore: false,
  classAgnostic: false,
};

const truePositive = outcomeOf(1, 0);
const falsePositive = outcomeOf(0, 0);
const ignoredOutcome = outcomeOf(0, 1);
const matchedButIgnored = outcomeOf(1, 1);

/** Detections as they are ranked over all images. */
type Ranked = readonly [image: number, score: number, ...outcome: number[]];

function matchesOf(ranked: readonly Ranked[], positives: number, category = 0): CategoryMatches {
  const rank = ranked.map(([image], i) => ranked.slice(0, i).filter(([other]) => other === image).length);
  return {
    category,
    categoryId: category + 1,
    length: ranked.length,
    rows: Int32Array.from(ranked.keys()),
    image: Int32Array.from(ranked, ([image]) => image),
    rank: Int32Array.from(rank),
    scores: Float64Array.from(ranked, ([, score]) => score),
    order: Int32Array.from(ranked.keys()),
    images: Int32Array.of(),
    ranges: [
      {
        outcomes: Int32Array.from(ranked.flatMap(([, , ...outcome]) => outcome)),
        positives,
        positivesByImage: Int32Array.of(),
      },
    ],
  };
}

/** One category's curves at the larger number of detections. */
function curvesOf(ranked: readonly Ranked[], positives: number) {
  const accumulator = new Accumulator({ ...parameters, maxDets: [100] }, 1);
  accumulator.add(matchesOf(ranked, positives));
  const { precision, recall, scores } = accumulator.curves;
  return {
    precision: Array.from(precision, (value) => Number(value.toFixed(12))),
    recall: recall[0],
    scores: Array.from(scores),
  };
}

describe("Accumulator", () => {
  it("reads precision and score off at each recall, over all images together", () => {
    const accumulator = new Accumulator(parameters, 1);
    const ranked: Ranked[] = [
      [0, 0.9, truePositive],
      [0, 0.8, falsePositive],
      [1, 0.7, truePositive],
      [1, 0.6, ignoredOutcome],
    ];
    accumulator.add(matchesOf(ranked, 4));
    const { precision, recall, scores } = accumulator.curves;

    // Four objects. Best first: right, wrong, right, ignored. Recall 1/4, 1/4, 2/4, 2/4; precision 1, 1/2, 2/3, 2/3,
    // of which the best to the right: 1, 2/3, 2/3, 2/3. With one detection an image: right, right: recall 1/4, 2/4.
    const withOne = [1, 1, 0, 0];
    const withAll = [1, 2 / 3, 0, 0];
    for (const [r, expected] of withAll.entries()) {
      expect(precision[r * 2]).toBeCloseTo(withOne[r]!, 12);
      expect(precision[r * 2 + 1]).toBeCloseTo(expected, 12);
    }
    expect(Array.from(recall)).toEqual([0.5, 0.5]);
    expect(Array.from(scores)).toEqual([0.9, 0.9, 0.7, 0.7, 0, 0, 0, 0]);
  });

  it("adds numpy's smallest step to the number of detections, as pycocotools does", () => {
    const accumulator = new Accumulator(parameters, 1);
    accumulator.add(matchesOf([[0, 0.9, truePositive]], 1));
    // 1 / (1 + 2^−52): just below 1.
    expect(accumulator.curves.precision[0]).toBe(0.9999999999999998);
  });

  it("gives at recall 0 the score of the first detection of all, with the best precision of any", () => {
    const wrongFirst: Ranked[] = [
      [0, 0.9, falsePositive],
      [0, 0.8, truePositive],
      [0, 0.7, truePositive],
    ];
    // Precision 0, 1/2, 2/3. Recall 1/2 and, from 3/4 on, 1.
    expect(curvesOf(wrongFirst, 2)).toEqual({
      precision: [2 / 3, 2 / 3, 2 / 3, 2 / 3].map((value) => Number(value.toFixed(12))),
      recall: 1,
      scores: [0.9, 0.8, 0.7, 0.7],
    });
    const ignoredFirst: Ranked[] = [
      [0, 0.9, ignoredOutcome],
      [0, 0.8, matchedButIgnored],
      [0, 0.7, truePositive],
    ];
    expect(curvesOf(ignoredFirst, 1)).toEqual({
      precision: [1, 1, 1, 1],
      recall: 1,
      scores: [0.9, 0.7, 0.7, 0.7],
    });
    expect(curvesOf([[0, 0.9, falsePositive]], 1)).toEqual({
      precision: [0, 0, 0, 0],
      recall: 0,
      scores: [0.9, 0, 0, 0],
    });
  });

  it("stops at the first recall that is not reached, as pycocotools does", () => {
    const accumulator = new Accumulator(
      { ...parameters, recallThresholds: [0.5, 1, 0.5], maxDets: [100] },
      1,
    );
    accumulator.add(matchesOf([[0, 0.9, truePositive]], 2));
    expect(Array.from(accumulator.curves.scores)).toEqual([0.9, 0, 0]);
  });

  it("counts 29 of 100 as a recall of 0.29, whose product with 100 is above 29 when rounded up", () => {
    // 0.57 × 100 = 56.99999999999999 and 0.29 × 100 = 28.999999999999996; 0.07 × 100 = 7.000000000000001.
    const recallThresholds = [0.07, 0.29, 0.57];
    const ranked = Array.from({ length: 57 }, (_, i): Ranked => [i, 1 - i / 100, truePositive]);
    const accumulator = new Accumulator({ ...parameters, recallThresholds, maxDets: [100] }, 1);
    accumulator.add(matchesOf(ranked, 100));
    expect(Array.from(accumulator.curves.scores)).toEqual([1 - 6 / 100, 1 - 28 / 100, 1 - 56 / 100]);
  });

  it("reads thresholds beyond the sixteenth from the second word", () => {
    const iouThresholds = Array.from({ length: 18 }, (_, t) => 0.5 + t / 100);
    const accumulator = new Accumulator({ ...parameters, iouThresholds, maxDets: [100] }, 1);
    const ranked: Ranked[] = [
      [0, 0.9, outcomeOf(0xffff, 0), outcomeOf(0b01, 0)],
      [0, 0.8, outcomeOf(0, 0), outcomeOf(0b10, 0)],
    ];
    accumulator.add(matchesOf(ranked, 2));
    expect(Array.from(accumulator.curves.recall)).toEqual(new Array(18).fill(0.5));
    // At recall 1/2: right, wrong up to the 17th threshold; wrong, right at the 18th.
    const { precision } = accumulator.curves;
    expect([precision[4 * 16 + 1], precision[4 * 17 + 1]]).toEqual([0.9999999999999998, 0.5]);
  });

  it("leaves −1 where a category has no object, and gives 0 where none is found", () => {
    const accumulator = new Accumulator(parameters, 2);
    accumulator.add(matchesOf([[0, 0.9, falsePositive]], 0, 0));
    accumulator.add(matchesOf([], 3, 1));
    expect(Array.from(accumulator.curves.recall)).toEqual([-1, -1, 0, 0]);
    expect(Array.from(accumulator.curves.scores.slice(0, 4))).toEqual([-1, -1, 0, 0]);
  });

  it("has no detection at a number of detections of 0", () => {
    const accumulator = new Accumulator({ ...parameters, maxDets: [0, 1] }, 1);
    accumulator.add(matchesOf([[0, 0.9, truePositive]], 1));
    expect(Array.from(accumulator.curves.recall)).toEqual([0, 1]);
    expect(Array.from(accumulator.curves.scores.slice(0, 2))).toEqual([0, 0.9]);
  });
});
