import { describe, expect, it } from "vitest";
import { maskArea, maskBox } from "../../../src/coco/masks/rle.js";
import { maskOf, maskOfBox } from "../../../src/coco/masks/segmentation.js";
import type { CocoBox, CocoSegmentation } from "../../../src/coco/types.js";
import { compressRuns } from "./compressRuns.js";
import { maskReference, numbered } from "./maskReference.js";

const maskSize = { height: 4, width: 5 };

const runsOf = (segmentation: CocoSegmentation) => Array.from(maskOf(segmentation, maskSize).counts);

describe("maskOf, beside pycocotools", () => {
  it.each(maskReference.polygons)("covers the same pixels of outlines: $name", (reference) => {
    const [height, width] = reference.size;
    const mask = maskOf(reference.outlines, { height, width });
    expect(compressRuns(mask.counts)).toBe(reference.counts);
    expect(maskArea(mask)).toBe(reference.area);
    expect(maskBox(mask)).toEqual(reference.box);
  });

  it.each(numbered(maskReference.runs))("reads runs and their string alike: case $index", (reference) => {
    const [height, width] = reference.size;
    const plain = maskOf({ size: reference.size, counts: reference.runs }, { height, width });
    expect(Array.from(plain.counts)).toEqual(reference.runs);
    expect(maskArea(plain)).toBe(reference.area);
    expect(maskBox(plain)).toEqual(reference.box);
    expect(maskOf({ size: reference.size, counts: reference.counts }, { height, width })).toEqual(plain);
  });

  it.each(numbered(maskReference.boxes))("covers the same pixels of a box: case $index", (reference) => {
    const [height, width] = reference.size;
    expect(compressRuns(maskOfBox(reference.box, { height, width }).counts)).toBe(reference.counts);
  });

  it("is held to masks with pixels and without, of one part and of several, in all sizes", () => {
    const { polygons, boxes, runs } = maskReference;
    expect([polygons.length, boxes.length, runs.length]).toEqual([291, 60, 90]);
    expect(polygons.filter(({ area }) => area > 0).length).toBeGreaterThan(150);
    expect(polygons.filter(({ outlines }) => outlines.length > 1)).toHaveLength(72);
    expect(polygons.filter(({ size: [height, width] }) => height * width > 10_000).length).toBeGreaterThan(
      50,
    );
  });
});

describe("maskOf", () => {
  it("joins outlines that overlap", () => {
    // Columns 0 to 2 and 1 to 3 of rows 0 and 1: per column two pixels, then two that are not covered.
    const outlines = [
      [0, 0, 3, 0, 3, 2, 0, 2],
      [1, 0, 4, 0, 4, 2, 1, 2],
    ];
    expect(runsOf(outlines)).toEqual([0, 2, 2, 2, 2, 2, 2, 2, 6]);
  });

  it("counts runs that are 0 long for nothing", () => {
    expect(runsOf({ size: [4, 5], counts: [3, 0, 2, 4, 0, 1, 10, 0] })).toEqual([5, 5, 10]);
    expect(runsOf({ size: [4, 5], counts: [0, 0, 20] })).toEqual([20]);
    expect(runsOf({ size: [4, 5], counts: [0, 20, 0, 0] })).toEqual([0, 20]);
  });

  const refused: [what: string, segmentation: CocoSegmentation, message: string][] = [
    ["runs that fall short", rle([20, 79]), "segmentation.counts: sum to 99, expected 5 × 4 = 20"],
    ["a string that falls short", rle("5"), "segmentation.counts: sum to 5, expected 5 × 4 = 20"],
    ["an empty string", rle(""), "segmentation.counts: sum to 0, expected 5 × 4 = 20"],
    [
      "runs below 0",
      rle([22, -2]),
      "segmentation.counts[1]: is -2, expected a whole number of pixels, 0 or more",
    ],
    [
      "broken runs",
      rle([19.5, 0.5]),
      "segmentation.counts[0]: is 19.5, expected a whole number of pixels, 0 or more",
    ],
    [
      "runs of another size",
      { size: [5, 4], counts: [20] },
      "segmentation.size: is [5, 4], expected the image's height and width, [4, 5]",
    ],
    ["no outline", [], "segmentation: is an empty list, expected at least one outline [x1, y1, x2, y2, …]"],
    [
      "an outline without points",
      [[]],
      "segmentation[0]: has 0 coordinates, expected 6 or more, those of three points",
    ],
    [
      "an outline of two points, which pycocotools takes for a box",
      [
        [0, 0, 1, 0, 1, 1],
        [0, 0, 3, 3],
      ],
      "segmentation[1]: has 4 coordinates, expected 6 or more, those of three points",
    ],
    [
      "an odd number of coordinates",
      [[0, 0, 1, 0, 1, 1, 0]],
      "segmentation[0]: has 7 coordinates, expected an even number, [x1, y1, x2, y2, …]",
    ],
    [
      "coordinates that are no numbers",
      [[0, 0, 1, Number.NaN, 1, 1]],
      "segmentation[0][3]: is NaN, expected a number of pixels within ±400000000",
    ],
    [
      "coordinates without an end",
      [[0, 0, Number.POSITIVE_INFINITY, 0, 1, 1]],
      "segmentation[0][2]: is Infinity, expected a number of pixels within ±400000000",
    ],
    [
      "coordinates too far off for pycocotools' whole numbers, 5 × 429496730 > 2^31",
      [[0, 0, 429496730, 0, 1, 1]],
      "segmentation[0][2]: is 429496730, expected a number of pixels within ±400000000",
    ],
  ];
  it.each(refused)("refuses %s", (_, segmentation, message) => {
    expect(() => maskOf(segmentation, maskSize)).toThrow(new Error(message));
  });

  it("refuses images of more pixels than can be counted", () => {
    expect(() => maskOf([[0, 0, 1, 0, 1, 1]], { height: 2 ** 16, width: 2 ** 15 })).toThrow(
      new Error("segmentation: covers an image of 32768 × 65536 pixels, expected less than 2^31 in all"),
    );
  });
});

describe("maskOfBox", () => {
  it("covers the whole pixels of a box of whole pixels", () => {
    // Columns 1 and 2, rows 1 to 3: four pixels of column 0 and one of column 1 before them.
    expect(Array.from(maskOfBox([1, 1, 2, 3], maskSize).counts)).toEqual([5, 3, 1, 3, 8]);
  });

  it("covers nothing of a box without a size, or beside the image", () => {
    const boxes: CocoBox[] = [
      [1, 1, 0, 3],
      [1, 1, 3, 0],
      [6, 1, 3, 3],
      [-4, -4, 3, 3],
    ];
    for (const box of boxes) expect(Array.from(maskOfBox(box, maskSize).counts)).toEqual([20]);
  });

  it("refuses what is no box", () => {
    expect(() => maskOfBox([0, 0, Number.NaN, 1], maskSize)).toThrow(
      new Error("bbox: is [0, 0, NaN, 1], expected numbers within ±400000000"),
    );
  });
});

function rle(counts: number[] | string): CocoSegmentation {
  return { size: [4, 5], counts };
}
