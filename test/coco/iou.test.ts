import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxIous } from "../../src/coco/iou.js";

describe("boxIous", () => {
  it("has a row a detection and a column a ground truth", () => {
    // [0,0,10,10] and [5,0,10,10] share 5 × 10 = 50 of 100 + 100 − 50 = 150; boxes that touch share nothing.
    expect(
      Array.from(
        boxIous(
          [
            [0, 0, 10, 10],
            [5, 0, 10, 10],
          ],
          [
            [0, 0, 10, 10],
            [10, 0, 5, 10],
            [15, 0, 5, 10],
          ],
          [0, 0, 0],
        ),
      ),
      // The second detection holds the second ground truth: 50 of 100 + 50 − 50 = 100.
    ).toEqual([1, 0, 0, 50 / 150, 50 / 100, 0]);
  });

  it("divides by the detection's own area against a crowd", () => {
    // 4 × 10 of the detection's 10 × 10 lie in the crowd.
    expect(Array.from(boxIous([[6, 0, 10, 10]], [[0, 0, 10, 100]], [1]))).toEqual([0.4]);
  });

  it("gives 0, not NaN, for boxes without a size", () => {
    expect(Array.from(boxIous([[5, 5, 0, 0]], [[5, 5, 0, 0]], [0]))).toEqual([0]);
  });

  it("lies between 0 and 1 and does not care which box is which", () => {
    const box = fc.tuple(fc.integer({ max: 99 }), fc.integer({ max: 99 }), fc.nat(500), fc.nat(500));
    fc.assert(
      fc.property(box, box, (a, b) => {
        const [iou] = boxIous([a], [b], [0]);
        expect(iou).toBeGreaterThanOrEqual(0);
        expect(iou).toBeLessThanOrEqual(1);
        expect(boxIous([b], [a], [0])[0]).toBe(iou);
      }),
    );
  });
});
