import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsCrossed, polygonMask } from "../../../src/coco/masks/polygonMask.js";
import { propertyRuns } from "../propertyRuns.js";
import { decodeMask } from "./pixels.js";

const maskSize = { height: 6, width: 7 };

/** A row of the mask a string, "#" where it is covered. */
function drawing(outline: readonly number[]): string[] {
  const pixels = decodeMask(polygonMask(outline, maskSize));
  return Array.from({ length: maskSize.height }, (_, y) =>
    Array.from({ length: maskSize.width }, (_, x) => (pixels[y * maskSize.width + x] === 1 ? "#" : ".")).join(
      "",
    ),
  );
}

describe("polygonMask", () => {
  it("covers the pixels whose centres an outline goes round", () => {
    expect(drawing([1, 1, 6, 1, 6, 4, 1, 4])).toEqual([
      ".......",
      ".#####.",
      ".#####.",
      ".#####.",
      ".......",
      ".......",
    ]);
  });

  it("leaves out what an outline goes round twice", () => {
    // Twice round the square of 5 pixels, once round that of 2 pixels within it.
    const square = [1, 0, 6, 0, 6, 5, 1, 5, 1, 0];
    const within = [2, 1, 4, 1, 4, 3, 2, 3, 2, 1];
    expect(drawing([...square, ...within])).toEqual([
      ".#####.",
      ".#..##.",
      ".#..##.",
      ".#####.",
      ".#####.",
      ".......",
    ]);
  });

  it("cuts off what lies outside the image", () => {
    expect(drawing([-9, -9, 2, -9, 2, 2, -9, 2])).toEqual([
      "##.....",
      "##.....",
      ".......",
      ".......",
      ".......",
      ".......",
    ]);
    expect(drawing([-9, -9, 99, -9, 99, 99, -9, 99])).toEqual(Array.from({ length: 6 }, () => "#######"));
  });

  it("covers nothing within an outline that goes back the way it came", () => {
    expect(drawing([1, 1, 6, 5, 1, 1, 6, 5])).toEqual(Array.from({ length: 6 }, () => "......."));
  });

  it("does not care at which point an outline starts, nor which way round it goes", () => {
    const coordinate = fc.integer({ min: -30, max: 100 }).map((tenths) => tenths / 10);
    const point = fc.tuple(coordinate, coordinate);
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 8 }), fc.nat(7), (points, start) => {
        const mask = polygonMask(points.flat(), maskSize);
        const turned = [...points.slice(start), ...points.slice(0, start)];
        expect(polygonMask(turned.flat(), maskSize)).toEqual(mask);
        expect(polygonMask(points.toReversed().flat(), maskSize)).toEqual(mask);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("gives runs that sum to the image, none of them 0 long but the first", () => {
    const coordinate = fc.double({ min: -1e5, max: 1e5, noNaN: true });
    const near = fc.double({ min: -3, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.oneof(coordinate, near, near), { minLength: 3, maxLength: 8 }), (halves) => {
        // As many again, so that there is an even number of coordinates.
        const { counts } = polygonMask([...halves, ...halves.toReversed()], maskSize);
        expect(counts.reduce((sum, run) => sum + run)).toBe(42);
        expect(counts.indexOf(0, 1)).toBe(-1);
      }),
      { numRuns: propertyRuns },
    );
  });
});

describe("columnsCrossed", () => {
  it("counts an edge once in each column of the image whose middle it passes", () => {
    // Of the square's four edges, two are upright and cross none; of 99 columns, the image has 7.
    expect(columnsCrossed([1, 1, 6, 1, 6, 4, 1, 4], maskSize)).toBe(10);
    expect(columnsCrossed([-9, -9, 99, -9, 99, 99, -9, 99], maskSize)).toBe(14);
    expect(columnsCrossed([20, 1, 90, 1, 90, 4], maskSize)).toBe(0);
  });
});
