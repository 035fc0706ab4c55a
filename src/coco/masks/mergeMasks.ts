import type { Mask } from "./rle.js";

/**
 * The union of masks.
 *
 * @throws Error if there is no mask, or if sizes differ; pycocotools' `merge` then returns one of 0 × 0 pixels
 */
export function unionOf(masks: readonly Mask[]): Mask {
  if (masks.length === 0) throw new Error("There is no mask to merge; expected at least one.");
  let level = masks;
  // In pairs, and pairs of those: one after the other, the work would grow with the square of their number.
  while (level.length > 1) {
    const pairs: Mask[] = [];
    for (let at = 0; at < level.length; at += 2) {
      pairs.push(at + 1 < level.length ? merge(level[at]!, level[at + 1]!) : level[at]!);
    }
    level = pairs;
  }
  return level[0]!;
}

function merge(first: Mask, second: Mask): Mask {
  const { height, width } = first;
  if (second.height !== height || second.width !== width) {
    throw new Error(
      `Masks of ${width} × ${height} and ${second.width} × ${second.height} pixels cannot be merged; ` +
        "expected masks of the same size.",
    );
  }
  const a = first.counts;
  const b = second.counts;
  const counts = new Uint32Array(a.length + b.length);
  let runs = 0;
  let runStart = 0;
  let covered = 0;
  let start = 0;
  let aEnd = a[0]!;
  let bEnd = b[0]!;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const end = Math.min(aEnd, bEnd);
    const next = (i | j) & 1;
    if (next !== covered) {
      counts[runs++] = start - runStart;
      runStart = start;
      covered = next;
    }
    start = end;
    if (aEnd === end) aEnd += a[++i] ?? 0;
    if (bEnd === end) bEnd += b[++j] ?? 0;
  }
  counts[runs++] = height * width - runStart;
  return { height, width, counts: counts.slice(0, runs) };
}
