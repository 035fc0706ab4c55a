import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unionOf } from "../../../src/coco/masks/mergeMasks.js";
import { type Mask, maskArea } from "../../../src/coco/masks/rle.js";
import { maskOf } from "../../../src/coco/masks/segmentation.js";
import { propertyRuns } from "../propertyRuns.js";
import { arbitraryMasks } from "./arbitraryMasks.js";
import { compressRuns } from "./compressRuns.js";
import { maskReference, numbered } from "./maskReference.js";
import { decodeMask } from "./pixels.js";

const maskOfRuns = (...counts: number[]): Mask => ({ height: 2, width: 4, counts: Uint32Array.from(counts) });

describe("unionOf, beside pycocotools", () => {
  it.each(numbered(maskReference.merges))("gives the same mask: case $index", (reference) => {
    const [height, width] = reference.size;
    const masks = reference.masks.map((counts) =>
      maskOf({ size: reference.size, counts }, { height, width }),
    );
    expect(compressRuns(unionOf(masks).counts)).toBe(reference.union);
  });

  it("is held to one mask and to several, and to what they share and do not share", () => {
    const { merges } = maskReference;
    expect(new Set(merges.map(({ masks }) => masks.length))).toEqual(new Set([1, 2, 3, 4, 5]));
    const empty = merges.filter(({ intersection, size: [height, width] }) => {
      return intersection === compressRuns([height * width]);
    });
    expect(empty.length).toBeGreaterThan(5);
    expect(empty.length).toBeLessThan(merges.length - 5);
  });
});

describe("unionOf", () => {
  it("covers what any mask covers", () => {
    // 0 1 1 1 0 0 0 0 and 0 0 1 1 1 1 0 0
    const masks = [maskOfRuns(1, 3, 4), maskOfRuns(2, 4, 2)];
    expect(unionOf(masks)).toEqual(maskOfRuns(1, 5, 2));
  });

  it("joins runs that meet", () => {
    expect(unionOf([maskOfRuns(0, 4, 4), maskOfRuns(4, 4)])).toEqual(maskOfRuns(0, 8));
  });

  it("refuses masks of different sizes", () => {
    const other: Mask = { height: 4, width: 2, counts: Uint32Array.of(8) };
    const message = "Masks of 4 × 2 and 2 × 4 pixels cannot be merged; expected masks of the same size.";
    expect(() => unionOf([maskOfRuns(8), other])).toThrow(new Error(message));
  });

  it("refuses no masks, whose size nobody knows", () => {
    expect(() => unionOf([])).toThrow("There is no mask to merge; expected at least one.");
  });

  it("takes time in proportion to the masks, however many they are", () => {
    // One pixel each, every other pixel covered in the end: one after the other, 20,000 masks took 6.5 s.
    const total = 40_001;
    const masks = Array.from({ length: 20_000 }, (_, index) => ({
      height: 1,
      width: total,
      counts: Uint32Array.of(2 * index, 1, total - 2 * index - 1),
    }));
    const started = performance.now();
    expect(unionOf(masks).counts.length).toBe(total);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("agrees with merging pixel by pixel", () => {
    fc.assert(
      fc.property(arbitraryMasks(2), ({ drawn: [first, second] }) => {
        const masks = [first!.mask, second!.mask];
        const union = unionOf(masks);
        const pixels = first!.pixels.map((pixel, at) => pixel | second!.pixels[at]!);
        expect(decodeMask(union)).toEqual(pixels);
        expect(maskArea(union)).toBe(pixels.reduce((sum, pixel) => sum + pixel, 0));
      }),
      { numRuns: propertyRuns },
    );
  });

  it("does not care for the order of masks, nor for one that comes twice", () => {
    fc.assert(
      fc.property(arbitraryMasks(3), ({ drawn }) => {
        const masks = drawn.map(({ mask }) => mask);
        const shuffled = [...masks.toReversed(), masks[1]!];
        expect(unionOf(shuffled)).toEqual(unionOf(masks));
      }),
      { numRuns: propertyRuns },
    );
  });
});
