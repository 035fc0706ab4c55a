import { describe, expect, it } from "vitest";
import { accumulateCategory, emptyCurves } from "../../src/coco/accumulate.js";

const parameters = {
  iouThresholds: [0.5],
  recallThresholds: [0, 0.5, 0.75, 1],
  maxDets: [1, 100],
  areaRanges: [{ name: "all", min: 0, max: 1e10 }],
  respectIgnore: false,
  classAgnostic: false,
};
const image = (matched: number[], ignored: number[], positives: number) => ({
  matched: Uint8Array.from(matched),
  ignored: Uint8Array.from(ignored),
  positives,
});

describe("accumulateCategory", () => {
  it("reads precision and score off at each recall, over all images together", () => {
    const curves = emptyCurves(parameters, 1);
    const scores = [Float64Array.of(0.9, 0.8), Float64Array.of(0.7, 0.6)];
    const matches = [image([1, 0], [0, 0], 2), image([1, 0], [0, 1], 2)];
    accumulateCategory(curves, 0, 1, scores, [matches], parameters);

    // Four objects. Best first: right, wrong, right, ignored. Recall 1/4, 1/4, 2/4, 2/4; precision 1, 1/2, 2/3, 2/3,
    // of which the best to the right: 1, 2/3, 2/3, 2/3. With one detection an image: right, right: recall 1/4, 2/4.
    const withOne = [1, 1, 0, 0];
    const withAll = [1, 2 / 3, 0, 0];
    for (const [r, precision] of withAll.entries()) {
      expect(curves.precision[r * 2]).toBeCloseTo(withOne[r]!, 12);
      expect(curves.precision[r * 2 + 1]).toBeCloseTo(precision, 12);
    }
    expect(Array.from(curves.recall)).toEqual([0.5, 0.5]);
    expect(Array.from(curves.scores)).toEqual([0.9, 0.9, 0.7, 0.7, 0, 0, 0, 0]);
  });

  it("keeps the order of images among equal scores", () => {
    const curves = emptyCurves(parameters, 1);
    const scores = [Float64Array.of(0.5), Float64Array.of(0.5)];
    accumulateCategory(curves, 0, 1, scores, [[image([0], [0], 1), image([1], [0], 1)]], parameters);
    // Wrong, then right: precision 0, 1/2, so 1/2 up to recall 1/2. The other order would give 1.
    expect(curves.precision[0]).toBeCloseTo(0.5, 12);
  });

  it("leaves −1 where a category has no object, and gives 0 where none is found", () => {
    const curves = emptyCurves(parameters, 2);
    accumulateCategory(curves, 0, 2, [Float64Array.of(0.9)], [[image([0], [0], 0)]], parameters);
    accumulateCategory(curves, 1, 2, [Float64Array.of()], [[image([], [], 3)]], parameters);
    expect(Array.from(curves.recall)).toEqual([-1, -1, 0, 0]);
  });
});
