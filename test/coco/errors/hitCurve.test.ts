import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averagePrecision, hitCurve } from "../../../src/coco/errors/hitCurve.js";
import { cocoParameters } from "../../../src/coco/parameters.js";

const { recallThresholds } = cocoParameters;

describe("averagePrecision", () => {
  it("means the best precision from each recall on", () => {
    // Right, wrong, wrong, right, right, of four objects: precisions 1, 1/2, 3/5 at recalls 1/4, 2/4, 3/4. Of the
    // thresholds 0, 1/4, 1/2, 3/4, 1 the first two give 1, the next two 3/5, and the last is not reached.
    expect(averagePrecision([1, 4, 5], 4, [0, 0.25, 0.5, 0.75, 1])).toBeCloseTo((1 + 1 + 0.6 + 0.6) / 5, 12);
  });

  it("is 0 without a hit", () => {
    expect(averagePrecision([], 3, recallThresholds)).toBe(0);
  });
});

describe("hitCurve", () => {
  const apOf = (row: readonly boolean[], positives: number) =>
    averagePrecision(
      row.flatMap((isRight, index) => (isRight ? [index + 1] : [])),
      positives,
      recallThresholds,
    );

  it("knows what AP gains by any one detection taken out, put right or put in", () => {
    const rows = fc.array(fc.boolean(), { maxLength: 40 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 9 }), (row, notFound) => {
        const ranks = row.flatMap((isRight, index) => (isRight ? [index + 1] : []));
        const positives = ranks.length + notFound;
        const curve = hitCurve(ranks, positives, recallThresholds);
        const ap = apOf(row, positives);
        expect(curve.ap).toBeCloseTo(ap, 12);
        for (let index = 0; index <= row.length; index++) {
          const before = row.slice(0, index).filter(Boolean).length;
          const ahead = row.slice(0, index);
          expect(curve.gainWith(before, index + 1)).toBeCloseTo(
            apOf([...ahead, true, ...row.slice(index)], positives) - ap,
            12,
          );
          if (row[index] !== false) continue;
          const behind = row.slice(index + 1);
          expect(curve.gainWithout(before)).toBeCloseTo(apOf([...ahead, ...behind], positives) - ap, 12);
          expect(curve.gainRighted(before, index + 1)).toBeCloseTo(
            apOf([...ahead, true, ...behind], positives) - ap,
            12,
          );
        }
      }),
    );
  });

  it("gains nothing by what stands behind the last hit being taken out", () => {
    expect(hitCurve([1, 2], 5, recallThresholds).gainWithout(2)).toBe(0);
  });
});
