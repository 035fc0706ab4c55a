/** Up to this many are sorted by insertion. */
const few = 40;

/** A score's 64 bits as digits: of each 32-bit half, the lower first, where a digit starts and how wide it is. */
const digits = [0, 1].flatMap((half) => [
  { half, shift: 0, mask: 0x7ff },
  { half, shift: 11, mask: 0x7ff },
  { half, shift: 22, mask: 0x3ff },
]);

/**
 * Sorts by score, best first; of equal scores the earlier stays first, as in numpy's merge sort of `-score`. Rankings
 * of many detections are sorted digit by digit: detectors' scores are too much of a mixture for comparisons to be
 * foreseen.
 *
 * @param scores numbers, sorted in place
 * @param order moved along with the scores, of the same length
 */
export function sortByScore(scores: Float64Array, order: Int32Array): void {
  if (scores.length <= few) {
    insertionSort(scores, order);
  } else {
    digitSort(scores, order);
  }
}

function insertionSort(scores: Float64Array, order: Int32Array): void {
  for (let i = 1; i < scores.length; i++) {
    const score = scores[i]!;
    const moved = order[i]!;
    let at = i;
    for (; at > 0 && scores[at - 1]! < score; at--) {
      scores[at] = scores[at - 1]!;
      order[at] = order[at - 1]!;
    }
    scores[at] = score;
    order[at] = moved;
  }
}

function digitSort(scores: Float64Array, order: Int32Array): void {
  const count = scores.length;
  const keys = descendingKeys(scores);
  let sorted: Int32Array = ascending(count);
  let spare: Int32Array = new Int32Array(count);
  const ends = new Int32Array(2048);
  for (const { half, shift, mask } of digits) {
    ends.fill(0);
    for (let i = 0; i < count; i++) ends[(keys[2 * i + half]! >>> shift) & mask]!++;
    // Where all share a digit, as the last ones of numbers that were single-precision once, there is nothing to do.
    if (ends[(keys[half]! >>> shift) & mask] === count) {
      continue;
    }
    let start = 0;
    for (let digit = 0; digit <= mask; digit++) {
      const next = start + ends[digit]!;
      ends[digit] = start;
      start = next;
    }
    for (let i = 0; i < count; i++) {
      const index = sorted[i]!;
      spare[ends[(keys[2 * index + half]! >>> shift) & mask]!++] = index;
    }
    [sorted, spare] = [spare, sorted];
  }
  const unsortedScores = scores.slice();
  const unsortedOrder = order.slice();
  for (let i = 0; i < count; i++) {
    const index = sorted[i]!;
    scores[i] = unsortedScores[index]!;
    order[i] = unsortedOrder[index]!;
  }
}

/**
 * 64-bit whole numbers, two halves a score, that ascend as the scores descend: a float's bits ascend with it where it
 * is positive and descend where it is negative, and the sign bit puts the negative ones above. The lower half comes
 * first, as on all machines that browsers run on.
 */
function descendingKeys(scores: Float64Array): Uint32Array {
  const values = new Float64Array(scores.length);
  // Adding 0 makes −0 and 0 the same.
  for (let i = 0; i < values.length; i++) values[i] = scores[i]! + 0;
  const halves = new Uint32Array(values.buffer);
  for (let at = 0; at < halves.length; at += 2) {
    if (halves[at + 1]! >>> 31 === 0) {
      halves[at] = ~halves[at]!;
      halves[at + 1] = ~halves[at + 1]! & 0x7fffffff;
    }
  }
  return halves;
}

function ascending(count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}
