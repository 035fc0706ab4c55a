import type { CocoBox } from "../types.js";

/** Pixels down and across, such as an image's. */
export interface MaskSize {
  readonly height: number;
  readonly width: number;
}

/** A mask in run lengths. Pixels are counted down one column after the other. */
export interface Mask extends MaskSize {
  /**
   * Lengths of runs of 0 and 1 in turn, the first of 0; they sum to `height × width`. Only the first may be 0 long,
   * so that equal masks have equal runs.
   */
  readonly counts: Uint32Array;
}

/**
 * Leaves out runs that are 0 long and joins their neighbours. pycocotools keeps such runs, which some encoders
 * write, and then stops short when two masks have one at the same pixel, and gives a mask that has one but no pixels
 * a box some 2³² pixels wide; here runs count for the pixels they cover.
 *
 * @param runs lengths of runs of 0 and 1 in turn, the first of 0, which sum to `height × width`
 */
export function maskOfRuns(runs: ArrayLike<number>, { height, width }: MaskSize): Mask {
  const counts = new Uint32Array(runs.length);
  let last = 0;
  for (let run = 0; run < runs.length; run++) {
    if (runs[run] === 0) continue;
    // A run of the same value as the last one continues it; `counts` starts with a run of 0, so it lies even too.
    if (run % 2 !== last % 2) last++;
    counts[last]! += runs[run]!;
  }
  return { height, width, counts: counts.slice(0, last + 1) };
}

/** How many pixels the mask covers. */
export function maskArea({ counts }: Mask): number {
  let area = 0;
  for (let run = 1; run < counts.length; run += 2) area += counts[run]!;
  return area;
}

/** The smallest box around the mask's pixels, in whole pixels; `[0, 0, 0, 0]` for a mask without any. */
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
      // The run goes on from the bottom of one column to the top of the next.
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
