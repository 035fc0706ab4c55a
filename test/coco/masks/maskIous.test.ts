import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskIous } from "../../../src/coco/masks/maskIous.js";
import { type Mask, maskArea } from "../../../src/coco/masks/rle.js";
import { maskOf } from "../../../src/coco/masks/segmentation.js";
import { propertyRuns } from "../propertyRuns.js";
import { arbitraryMasks, countPixels } from "./arbitraryMasks.js";
import { maskReference, numbered } from "./maskReference.js";

const maskOfRuns = (...counts: number[]): Mask => ({ height: 2, width: 4, counts: Uint32Array.from(counts) });

describe("maskIous, beside pycocotools", () => {
  it.each(numbered(maskReference.ious))(
    "gives the same numbers to the last bit: case $index",
    (reference) => {
      const [height, width] = reference.size;
      const masksOf = (texts: readonly string[]) =>
        texts.map((counts) => maskOf({ size: reference.size, counts }, { height, width }));
      const ious = maskIous(masksOf(reference.detections), masksOf(reference.groundTruths), reference.crowd);
      expect(Array.from(ious)).toEqual(reference.ious.flat());
    },
  );

  it("is held to crowds and to objects, to masks that meet and to some that do not", () => {
    const flags = maskReference.ious.flatMap(({ crowd }) => crowd);
    expect(new Set(flags)).toEqual(new Set([0, 1]));
    const ious = maskReference.ious.flatMap(({ ious }) => ious.flat());
    expect(ious.filter((iou) => iou === 0).length).toBeGreaterThan(50);
    expect(ious.filter((iou) => iou > 0 && iou < 1).length).toBeGreaterThan(50);
  });
});

describe("maskIous", () => {
  it("has a row a detection and a column a ground truth", () => {
    // 1 1 1 1 0 0 0 0 and 0 0 0 0 1 1 1 1; 0 0 1 1 1 1 0 0 shares 2 of 4 + 4 − 2 = 6 with each, all 8 share 4 of 8.
    const first = maskOfRuns(0, 4, 4);
    const last = maskOfRuns(4, 4);
    const ious = maskIous([first, last], [first, maskOfRuns(2, 4, 2), maskOfRuns(0, 8)], [0, 0, 0]);
    expect(Array.from(ious)).toEqual([1, 2 / 6, 4 / 8, 0, 2 / 6, 4 / 8]);
  });

  it("divides by the detection's own area against a crowd", () => {
    // Two of the detection's three pixels lie in the crowd.
    expect(Array.from(maskIous([maskOfRuns(1, 3, 4)], [maskOfRuns(2, 6)], [1]))).toEqual([2 / 3]);
  });

  it("gives 0, not NaN, for masks without pixels", () => {
    expect(Array.from(maskIous([maskOfRuns(8)], [maskOfRuns(8), maskOfRuns(0, 8)], [0, 1]))).toEqual([0, 0]);
  });

  it("reads masks to their end where pycocotools stops at a run that both have 0 long", () => {
    const mask = maskOf({ size: [2, 4], counts: [1, 0, 1, 6] }, { height: 2, width: 4 });
    expect(Array.from(maskIous([mask], [mask], [0]))).toEqual([1]);
  });

  it("gives nothing where there is no detection or no ground truth", () => {
    expect(maskIous([], [maskOfRuns(8)], [0])).toHaveLength(0);
    expect(maskIous([maskOfRuns(8)], [], [])).toHaveLength(0);
  });

  it("refuses masks of different sizes", () => {
    const other: Mask = { height: 4, width: 2, counts: Uint32Array.of(8) };
    expect(() => maskIous([maskOfRuns(8)], [other], [0])).toThrow(
      new Error(
        "A detected mask has 4 × 2 pixels and an annotated one 2 × 4; expected masks of the same size.",
      ),
    );
  });

  it("agrees with counting pixels, lies between 0 and 1, and does not care which mask is which", () => {
    fc.assert(
      fc.property(arbitraryMasks(2), ({ size, drawn: [first, second] }) => {
        const [a, b] = [first!, second!];
        const shared = countPixels(size, (pixel) => a.pixels[pixel] === 1 && b.pixels[pixel] === 1);
        const covered = countPixels(size, (pixel) => a.pixels[pixel] === 1 || b.pixels[pixel] === 1);
        const [iou] = maskIous([a.mask], [b.mask], [0]);
        expect(iou).toBe(shared === 0 ? 0 : shared / covered);
        expect(iou).toBeGreaterThanOrEqual(0);
        expect(iou).toBeLessThanOrEqual(1);
        expect(maskIous([b.mask], [a.mask], [0])[0]).toBe(iou);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("is the detection's share within a crowd, never less than against an object", () => {
    fc.assert(
      fc.property(arbitraryMasks(2), ({ size, drawn: [first, second] }) => {
        const [a, b] = [first!, second!];
        const shared = countPixels(size, (pixel) => a.pixels[pixel] === 1 && b.pixels[pixel] === 1);
        const [crowd, object] = maskIous([a.mask], [b.mask, b.mask], [1, 0]);
        expect(crowd).toBe(shared === 0 ? 0 : shared / maskArea(a.mask));
        expect(crowd).toBeLessThanOrEqual(1);
        expect(crowd).toBeGreaterThanOrEqual(object!);
        // The other way round the share is of the other's area, so that the two are as the areas are.
        const [back] = maskIous([b.mask], [a.mask], [1]);
        expect(back! * maskArea(b.mask)).toBeCloseTo(crowd! * maskArea(a.mask), 9);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("is 1 for a mask and itself, unless it has no pixels", () => {
    fc.assert(
      fc.property(arbitraryMasks(1), ({ drawn: [first] }) => {
        const { mask } = first!;
        expect(Array.from(maskIous([mask], [mask, mask], [0, 1]))).toEqual(
          maskArea(mask) === 0 ? [0, 0] : [1, 1],
        );
      }),
      { numRuns: propertyRuns },
    );
  });
});
