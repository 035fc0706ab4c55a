import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskArea, maskBox } from "../../../src/coco/masks/rle.js";
import { maskOf } from "../../../src/coco/masks/segmentation.js";
import { propertyRuns } from "../propertyRuns.js";
import { arbitraryMasks, countPixels } from "./arbitraryMasks.js";
import { decodeMask, encodeMask } from "./pixels.js";

// Two columns of three pixels: 0 1 1, then 1 0 0.
const exampleMask = { height: 3, width: 2, counts: Uint32Array.of(1, 3, 2) };
const examplePixels = Uint8Array.of(0, 1, 1, 0, 1, 0);

describe("encodeMask", () => {
  it("takes rows of pixels and counts down columns", () => {
    expect(encodeMask(examplePixels, { height: 3, width: 2 })).toEqual(exampleMask);
  });

  it("starts with a run of 0, even where the first pixel is covered", () => {
    expect(Array.from(encodeMask(Uint8Array.of(1, 0), { height: 1, width: 2 }).counts)).toEqual([0, 1, 1]);
  });

  it("takes whatever is not 0 for covered", () => {
    expect(encodeMask(Uint8Array.of(0, 255, 2, 0, 1, 0), { height: 3, width: 2 })).toEqual(exampleMask);
  });

  it("refuses more or fewer pixels than the size says", () => {
    expect(() => encodeMask(new Uint8Array(5), { height: 3, width: 2 })).toThrow(
      new Error("The mask has 5 pixels, expected 2 × 3 = 6."),
    );
  });
});

describe("decodeMask", () => {
  it("gives rows of pixels", () => {
    expect(decodeMask(exampleMask)).toEqual(examplePixels);
  });

  it("is undone by encodeMask", () => {
    fc.assert(
      fc.property(arbitraryMasks(1), ({ size, drawn: [first] }) => {
        const { mask, pixels } = first!;
        expect(decodeMask(mask)).toEqual(pixels);
        expect(encodeMask(pixels, size)).toEqual(mask);
      }),
      { numRuns: propertyRuns },
    );
  });
});

describe("maskArea", () => {
  it("is the number of pixels covered", () => {
    expect(maskArea(exampleMask)).toBe(3);
    fc.assert(
      fc.property(arbitraryMasks(1), ({ size, drawn: [first] }) => {
        expect(maskArea(first!.mask)).toBe(countPixels(size, (pixel) => first!.pixels[pixel] === 1));
      }),
      { numRuns: propertyRuns },
    );
  });
});

describe("maskBox", () => {
  it("holds both columns in full when a run goes on from one to the next", () => {
    // The run's pixels are (0, 1), (0, 2) and (1, 0).
    expect(maskBox(exampleMask)).toEqual([0, 0, 2, 3]);
  });

  it("has no size and lies in the corner when no pixel is covered", () => {
    expect(maskBox({ height: 3, width: 2, counts: Uint32Array.of(6) })).toEqual([0, 0, 0, 0]);
    expect(maskBox(maskOf({ size: [3, 2], counts: [4, 0, 2] }, { height: 3, width: 2 }))).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it("is the smallest box around the pixels covered", () => {
    fc.assert(
      fc.property(arbitraryMasks(1), ({ size, drawn: [first] }) => {
        const covered = Array.from(first!.pixels.keys()).filter((pixel) => first!.pixels[pixel] === 1);
        const xs = covered.map((pixel) => pixel % size.width);
        const ys = covered.map((pixel) => Math.floor(pixel / size.width));
        const [left, top] = [Math.min(...xs), Math.min(...ys)];
        expect(maskBox(first!.mask)).toEqual(
          covered.length === 0
            ? [0, 0, 0, 0]
            : [left, top, Math.max(...xs) - left + 1, Math.max(...ys) - top + 1],
        );
      }),
      { numRuns: propertyRuns },
    );
  });
});
