/** Rows up to this many are sorted by insertion before they are merged. */
const RUN = 8;

/**
 * Sorts by score, best first; of equal scores the earlier stays first, as in numpy's merge sort of `-score`.
 *
 * @param scores sorted in place
 * @param order moved along with the scores, of the same length
 */
export function sortByScore(scores: Float64Array, order: Int32Array): void {
  const count = scores.length;
  for (let start = 0; start < count; start += RUN) {
    insertionSort(scores, order, start, Math.min(start + RUN, count));
  }
  if (count <= RUN) {
    return;
  }
  let from: Ranked = { scores, order };
  let to: Ranked = { scores: new Float64Array(count), order: new Int32Array(count) };
  for (let width = RUN; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      merge(from, to, start, Math.min(start + width, count), Math.min(start + 2 * width, count));
    }
    [from, to] = [to, from];
  }
  if (from.scores !== scores) {
    scores.set(from.scores);
    order.set(from.order);
  }
}

function insertionSort(scores: Float64Array, order: Int32Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const score = scores[i]!;
    const moved = order[i]!;
    let at = i;
    for (; at > start && scores[at - 1]! < score; at--) {
      scores[at] = scores[at - 1]!;
      order[at] = order[at - 1]!;
    }
    scores[at] = score;
    order[at] = moved;
  }
}

interface Ranked {
  readonly scores: Float64Array;
  readonly order: Int32Array;
}

function merge(from: Ranked, to: Ranked, start: number, middle: number, end: number): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takesLeft = left < middle && (right >= end || from.scores[left]! >= from.scores[right]!);
    const taken = takesLeft ? left++ : right++;
    to.scores[at] = from.scores[taken]!;
    to.order[at] = from.order[taken]!;
  }
}
