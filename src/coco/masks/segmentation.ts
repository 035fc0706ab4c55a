import type { CocoBox, CocoRle, CocoSegmentation } from "../types.js";
import { unionOf } from "./mergeMasks.js";
import { OutlineBudget } from "./outlineBudget.js";
import { columnsCrossed, polygonMask } from "./polygonMask.js";
import { type Mask, type MaskSize, maskOfRuns } from "./rle.js";
import { decompressRuns } from "./rleString.js";

/** From 2³¹ / 5 pixels on, pycocotools' integers overflow on its five times finer grid. */
const maxCoordinate = 4e8;

/** From here on, they overflow when pixels are counted. */
const pixelLimit = 2 ** 31;

/**
 * The pixels that a COCO segmentation covers, the same as by pycocotools' `frPyObjects` and `merge`. Overlapping
 * outlines cover their union. Unlike pycocotools, which turns all of these into some mask, this rejects
 *
 * - run lengths of another size than the image's, or that do not sum to its number of pixels
 * - negative or fractional runs, strings that are cut off or have characters outside the code
 * - an empty list of outlines; outlines with an odd number of coordinates, with fewer than three points (pycocotools
 *   takes four numbers for a box) or with coordinates that are not finite or too far away to compute with
 *
 * @param size the image's
 * @param budget of the file
 * @throws Error whose message is a clause that starts with the field, such as
 * `segmentation.counts: sum to 99, expected 640 × 480 = 307200`
 */
export function maskOf(
  segmentation: CocoSegmentation,
  size: MaskSize,
  budget: OutlineBudget = new OutlineBudget(),
): Mask {
  checkSize(size);
  return "counts" in segmentation
    ? maskOfRle(segmentation, size)
    : maskOfOutlines(segmentation, size, budget);
}

/**
 * The pixels of a box, used for a detection without a mask: those of the outline that pycocotools' `loadRes` gives such
 * results.
 *
 * @throws Error whose message is a clause about `bbox`
 */
export function maskOfBox(box: CocoBox, size: MaskSize, budget: OutlineBudget = new OutlineBudget()): Mask {
  checkSize(size);
  const [left, top, width, height] = box;
  const right = left + width;
  const bottom = top + height;
  if (![left, top, right, bottom].every(isWithinReach)) {
    throw new Error(`bbox: is [${box.join(", ")}], expected numbers within ±${maxCoordinate}`);
  }
  const outline = [left, top, left, bottom, right, bottom, right, top];
  budget.spend(columnsCrossed(outline, size), "bbox");
  return polygonMask(outline, size);
}

function checkSize({ height, width }: MaskSize): void {
  if (!(height * width < pixelLimit)) {
    refuse("segmentation", `covers an image of ${width} × ${height} pixels, expected less than 2^31 in all`);
  }
}

function maskOfRle({ size: [height, width], counts }: CocoRle, size: MaskSize): Mask {
  if (height !== size.height || width !== size.width) {
    refuse(
      "segmentation.size",
      `is [${height}, ${width}], expected the image's height and width, [${size.height}, ${size.width}]`,
    );
  }
  const runs = typeof counts === "string" ? decompressRuns(counts) : wholeRuns(counts);
  let sum = 0;
  for (let run = 0; run < runs.length; run++) sum += runs[run]!;
  if (sum !== height * width) {
    refuse("segmentation.counts", `sum to ${sum}, expected ${width} × ${height} = ${width * height}`);
  }
  return maskOfRuns(runs, size);
}

function wholeRuns(counts: readonly number[]): readonly number[] {
  const wrong = counts.findIndex((count) => !Number.isSafeInteger(count) || count < 0);
  if (wrong >= 0) {
    refuse(
      `segmentation.counts[${wrong}]`,
      `is ${counts[wrong]}, expected a whole number of pixels, 0 or more`,
    );
  }
  return counts;
}

function maskOfOutlines(
  outlines: readonly (readonly number[])[],
  size: MaskSize,
  budget: OutlineBudget,
): Mask {
  if (outlines.length === 0) {
    refuse("segmentation", "is an empty list, expected at least one outline [x1, y1, x2, y2, …]");
  }
  for (const [index, outline] of outlines.entries()) checkOutline(outline, `segmentation[${index}]`);
  const columns = outlines.reduce((sum, outline) => sum + columnsCrossed(outline, size), 0);
  budget.spend(columns, "segmentation");
  return unionOf(outlines.map((outline) => polygonMask(outline, size)));
}

function checkOutline(outline: readonly number[], field: string): void {
  if (outline.length % 2 !== 0) {
    refuse(field, `has ${outline.length} coordinates, expected an even number, [x1, y1, x2, y2, …]`);
  }
  if (outline.length < 6) {
    refuse(field, `has ${outline.length} coordinates, expected 6 or more, those of three points`);
  }
  const wrong = outline.findIndex((coordinate) => !isWithinReach(coordinate));
  if (wrong >= 0) {
    refuse(
      `${field}[${wrong}]`,
      `is ${outline[wrong]}, expected a number of pixels within ±${maxCoordinate}`,
    );
  }
}

function isWithinReach(coordinate: number): boolean {
  return Math.abs(coordinate) <= maxCoordinate;
}

function refuse(field: string, what: string): never {
  throw new Error(`${field}: ${what}`);
}
