import type { CocoBox } from "../types.js";

/** Height and width in pixels. */
export interface MaskSize {
  readonly height: number;
  readonly width: number;
}

/** A run-length encoded mask, in column-major order. */
export interface Mask extends MaskSize {
  /**
   * Alternating lengths of runs of 0 and 1, starting with 0; they sum to `height × width`. Only the first may be 0, so
   * equal masks have equal runs.
   */
  readonly counts: Uint32Array;
}

/**
 * Removes empty runs and joins their neighbours. Some encoders write empty runs. pycocotools keeps them, and then stops
 * early if two masks have one at the same pixel, and gives an empty mask with one a box some 2³² pixels wide.
 *
 * @param runs alternating lengths of runs of 0 and 1, starting with 0, which sum to `height × width`
 */
export function maskOfRuns(runs: ArrayLike<number>, { height, width }: MaskSize): Mask {
  const counts = new Uint32Array(runs.length);
  let last = 0;
  for (let run = 0; run < runs.length; run++) {
    if (runs[run] === 0) continue;
    // A run of the same value as the last one extends it; even indices of `counts`, too, are runs of 0.
    if (run % 2 !== last % 2) last++;
    counts[last]! += runs[run]!;
  }
  return { height, width, counts: counts.slice(0, last + 1) };
}

/** Number of pixels that the mask covers. */
export function maskArea({ counts }: Mask): number {
  let area = 0;
  for (let run = 1; run < counts.length; run += 2) area += counts[run]!;
  return area;
}

/** The bounding box of the mask, in whole pixels; `[0, 0, 0, 0]` if it is empty. */
export function maskBox({ height, counts }: Mask): CocoBox {
  if (counts.length < 2) return [0, 0, 0, 0];
  let left = 0;
  let right = 0;
  let top = height;
  let bottom = 0;
  let start = 0;
  for (let run = 1; run < counts.length; run += 2) {
    start += counts[run - 1]!;
    const end = start + counts[run]! - 1;
    const first = Math.floor(start / height);
    right = Math.floor(end / height);
    if (run === 1) left = first;
    if (first < right) {
      // The run continues from the bottom of one column to the top of the next.
      top = 0;
      bottom = height - 1;
    } else {
      top = Math.min(top, start - first * height);
      bottom = Math.max(bottom, end - right * height);
    }
    start = end + 1;
  }
  return [left, top, right - left + 1, bottom - top + 1];
}
