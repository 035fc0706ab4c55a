/** Up to this many elements are sorted by insertion. */
const insertionSortLimit = 40;

/** The digits of a score's 64 bits: for each 32-bit half, the lower first, where a digit starts and how wide it is. */
const radixDigits = [0, 1].flatMap((half) => [
  { half, shift: 0, mask: 0x7ff },
  { half, shift: 11, mask: 0x7ff },
  { half, shift: 22, mask: 0x3ff },
]);

/**
 * Sorts by descending score, stably, as numpy's merge sort of `-score` does. Long arrays are radix-sorted: detectors'
 * scores are so mixed that the branches of a comparison sort are mispredicted.
 *
 * @param scores sorted in place
 * @param order permuted along with the scores; of the same length
 */
export function sortByScore(scores: Float64Array, order: Int32Array): void {
  if (scores.length <= insertionSortLimit) {
    insertionSort(scores, order);
  } else {
    radixSort(scores, order);
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

function radixSort(scores: Float64Array, order: Int32Array): void {
  const count = scores.length;
  const keys = descendingKeys(scores);
  let sorted: Int32Array = ascending(count);
  let spare: Int32Array = new Int32Array(count);
  const ends = new Int32Array(2048);
  for (const { half, shift, mask } of radixDigits) {
    ends.fill(0);
    for (let i = 0; i < count; i++) ends[(keys[2 * i + half]! >>> shift) & mask]!++;
    // Skip a digit that all share, such as the last ones of numbers that were single-precision once.
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
 * 64-bit integers, two halves per score, that ascend as the scores descend: a float's bits ascend with it if it is
 * positive and descend if it is negative, and the sign bit puts the negative ones above. The lower half comes first
 * (little-endian), as on all machines that browsers run on.
 */
function descendingKeys(scores: Float64Array): Uint32Array {
  const values = new Float64Array(scores.length);
  // Adding 0 turns −0 into 0.
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
