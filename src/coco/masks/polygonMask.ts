import type { Mask, MaskSize } from "./rle.js";

/** Outlines are traced on a grid this many times finer than the pixels. */
const oversampling = 5;

/** The fine column within a pixel, right of which an outline that crosses it enters or leaves the pixel's column. */
const halfPixel = 2;

/**
 * The pixels inside an outline, by the even-odd rule if it intersects itself, clipped to the image.
 *
 * The result equals that of pycocotools' `frPyObjects` to the last pixel: points are moved to a five times finer grid,
 * each edge is traced in steps along its longer direction, and where the trace passes the middle of a column of pixels,
 * the column's pixels below the upper one of the two points change sides. Only those crossings are computed here, not
 * the steps between them.
 *
 * @param outline `[x1, y1, x2, y2, …]` in pixels, closed implicitly; finite, at least three points
 */
export function polygonMask(outline: readonly number[], size: MaskSize): Mask {
  return maskBetween(crossingsOf(outline, size), size);
}

/** How many columns of pixels the edges of an outline cross in all, which is the work of {@link polygonMask}. */
export function columnsCrossed(outline: readonly number[], { width }: MaskSize): number {
  let columns = 0;
  let x = toFineGrid(outline.at(-2)!);
  for (let point = 0; point < outline.length; point += 2) {
    const nextX = toFineGrid(outline[point]!);
    columns += Math.max(0, lastColumn(x, nextX, width) - firstColumn(x, nextX) + 1);
    x = nextX;
  }
  return columns;
}

/** The first column of pixels whose middle an edge passes, from one fine column to another. */
function firstColumn(x: number, nextX: number): number {
  return Math.max(0, Math.ceil((Math.min(x, nextX) - halfPixel) / oversampling));
}

function lastColumn(x: number, nextX: number, width: number): number {
  return Math.min(width - 1, Math.floor((Math.max(x, nextX) - halfPixel - 1) / oversampling));
}

/** Pixels, in the order of runs, after which the column is on the other side of the outline. */
function crossingsOf(outline: readonly number[], size: MaskSize): Uint32Array {
  const { height, width } = size;
  const crossings = new Uint32Array(columnsCrossed(outline, size));
  let found = 0;
  let x = toFineGrid(outline.at(-2)!);
  let y = toFineGrid(outline.at(-1)!);
  for (let point = 0; point < outline.length; point += 2) {
    const nextX = toFineGrid(outline[point]!);
    const nextY = toFineGrid(outline[point + 1]!);
    const last = lastColumn(x, nextX, width);
    const steep = Math.abs(nextY - y) > Math.abs(nextX - x);
    // Edges are traced in ascending direction, so neighbours agree on a shared edge.
    const backwards = steep ? y > nextY : x > nextX;
    const startX = backwards ? nextX : x;
    const startY = backwards ? nextY : y;
    const slope = steep ? (nextX - x) / (nextY - y) : (nextY - y) / (nextX - x);
    for (let column = firstColumn(x, nextX); column <= last; column++) {
      const fineX = column * oversampling + halfPixel;
      const fineY = steep
        ? startY + stepBefore(fineX, startX, slope)
        : Math.floor(startY + slope * (fineX - startX + (slope < 0 ? 1 : 0)) + 0.5);
      const row = Math.floor((fineY + halfPixel) / oversampling);
      crossings[found++] = column * height + Math.min(Math.max(row, 0), height);
    }
    x = nextX;
    y = nextY;
  }
  return crossings.sort();
}

/** pycocotools rounds by truncation, which moves points left of and above the image towards it. */
function toFineGrid(coordinate: number): number {
  return Math.trunc(oversampling * coordinate + 0.5);
}

/** The last step down a steep edge before it passes between the fine column and the one right of it. */
function stepBefore(fineX: number, startX: number, slope: number): number {
  let step = Math.floor((fineX + 0.5 - startX) / slope);
  while (isPast(step, fineX, startX, slope)) step--;
  while (!isPast(step + 1, fineX, startX, slope)) step++;
  return step;
}

// Evaluates the same sum that pycocotools rounds down: solving it for the step may round differently.
function isPast(step: number, fineX: number, startX: number, slope: number): boolean {
  return startX + slope * step + 0.5 >= fineX + 1 === slope > 0;
}

/** @param crossings ascending; two at the same pixel cancel */
function maskBetween(crossings: Uint32Array, { height, width }: MaskSize): Mask {
  let kept = 0;
  for (const crossing of crossings) {
    if (kept > 0 && crossings[kept - 1] === crossing) kept--;
    else crossings[kept++] = crossing;
  }
  const total = height * width;
  // A last crossing below the last pixel leaves no run after it.
  if (kept > 0 && crossings[kept - 1] === total) kept--;
  const counts = new Uint32Array(kept + 1);
  let start = 0;
  for (let run = 0; run < kept; run++) {
    counts[run] = crossings[run]! - start;
    start = crossings[run]!;
  }
  counts[kept] = total - start;
  return { height, width, counts };
}
