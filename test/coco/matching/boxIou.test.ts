import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskIous } from "../../../src/coco/masks/maskIous.js";
import { maskOfBox } from "../../../src/coco/masks/segmentation.js";
import { boxIous } from "../../../src/coco/matching/boxIou.js";
import { propertyRuns } from "../propertyRuns.js";

type Box = readonly [x: number, y: number, width: number, height: number];

function iousOf(
  detections: readonly Box[],
  groundTruths: readonly Box[],
  crowd = groundTruths.map(() => 0),
): number[] {
  const ious = new Float64Array(detections.length * groundTruths.length).fill(Number.NaN);
  boxIous(
    Float64Array.from(detections.flat()),
    Int32Array.from(detections.keys()),
    Float64Array.from(groundTruths.flat()),
    Int32Array.from(groundTruths.keys()),
    Uint8Array.from(crowd),
    ious,
  );
  return Array.from(ious);
}

describe("boxIous", () => {
  it("has a row a detection and a column a ground truth", () => {
    // [0,0,10,10] and [5,0,10,10] share 5 × 10 = 50 of 100 + 100 − 50 = 150; boxes that touch share nothing.
    expect(
      iousOf(
        [
          [0, 0, 10, 10],
          [5, 0, 10, 10],
        ],
        [
          [0, 0, 10, 10],
          [10, 0, 5, 10],
          [15, 0, 5, 10],
        ],
      ),
      // The second detection holds the second ground truth: 50 of 100 + 50 − 50 = 100.
    ).toEqual([1, 0, 0, 50 / 150, 50 / 100, 0]);
  });

  it("looks at the rows it is given, in their order", () => {
    const boxes = Float64Array.of(0, 0, 9, 9, 0, 0, 10, 10, 5, 0, 10, 10);
    const ious = new Float64Array(2);
    boxIous(boxes, Int32Array.of(2, 1), boxes, Int32Array.of(1), new Uint8Array(3), ious);
    expect(Array.from(ious)).toEqual([50 / 150, 1]);
  });

  it("divides by the detection's own area against a crowd", () => {
    // 4 × 10 of the detection's 10 × 10 lie in the crowd.
    expect(iousOf([[6, 0, 10, 10]], [[0, 0, 10, 100]], [1])).toEqual([0.4]);
  });

  it("gives 0, not NaN, for boxes without a size", () => {
    expect(iousOf([[5, 5, 0, 0]], [[5, 5, 0, 0]])).toEqual([0]);
  });

  // Eighths of pixels, whose sums and products of sides are exact.
  const eighths = (most: number) => fc.nat(most * 8).map((eighth) => eighth / 8);
  const arbitraryBox = fc.tuple(eighths(99), eighths(99), eighths(500), eighths(500));

  it("lies between 0 and 1 and does not care which box is which", () => {
    fc.assert(
      fc.property(arbitraryBox, arbitraryBox, (a, b) => {
        const [iou] = iousOf([a], [b]);
        expect(iou).toBeGreaterThanOrEqual(0);
        expect(iou).toBeLessThanOrEqual(1);
        expect(iousOf([b], [a])).toEqual([iou]);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("is 1 for a box and itself, unless it has no size", () => {
    fc.assert(
      fc.property(arbitraryBox, (box) => {
        expect(iousOf([box, box], [box], [1])).toEqual(box[2] * box[3] === 0 ? [0, 0] : [1, 1]);
        expect(iousOf([box], [box])).toEqual([box[2] * box[3] === 0 ? 0 : 1]);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("is the detection's share within a crowd, never less than against an object", () => {
    fc.assert(
      fc.property(arbitraryBox, arbitraryBox, (a, b) => {
        const [crowd, object] = iousOf([a], [b, b], [1, 0]);
        expect(crowd).toBeLessThanOrEqual(1);
        expect(crowd).toBeGreaterThanOrEqual(object!);
        // The other way round the share is of the other's area, so that the two are as the areas are.
        const [back] = iousOf([b], [a], [1]);
        expect(back! * b[2] * b[3]).toBeCloseTo(crowd! * a[2] * a[3], 6);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("agrees with masks of the same boxes, pixel by pixel, where boxes are of whole pixels", () => {
    const side = fc.nat(12);
    const box = fc.tuple(side, side, side, side);
    const size = { height: 24, width: 24 };
    fc.assert(
      fc.property(box, box, fc.boolean(), (a, b, isCrowd) => {
        const crowd = [isCrowd ? 1 : 0];
        const masks = maskIous([maskOfBox(a, size)], [maskOfBox(b, size)], crowd);
        expect(iousOf([a], [b], crowd)).toEqual(Array.from(masks));
      }),
      { numRuns: propertyRuns },
    );
  });
});
