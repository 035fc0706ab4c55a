import { type Boxes, iouOf } from "./boxes.js";

/**
 * Greedy non-maximum suppression: indices of the boxes kept, best score first. A box is dropped when its IoU
 * with a kept one is above `iouThreshold`, strictly; of equal scores the lower index goes first. Stops after
 * `maximum` boxes.
 */
export function nonMaximumSuppression(
  boxes: Boxes,
  scores: ArrayLike<number>,
  iouThreshold: number,
  maximum = Number.POSITIVE_INFINITY,
): number[] {
  const order = Array.from({ length: scores.length }, (_, i) => i);
  order.sort((a, b) => scores[b]! - scores[a]! || a - b);
  const kept: number[] = [];
  for (const candidate of order) {
    if (kept.length >= maximum) break;
    if (kept.every((other) => iouOf(boxes, candidate * 4, boxes, other * 4) <= iouThreshold)) {
      kept.push(candidate);
    }
  }
  return kept;
}
