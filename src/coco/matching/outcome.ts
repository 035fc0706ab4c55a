/**
 * The outcome of a detection at up to 16 IoU thresholds, in one 32-bit word: bit t is set if it matched an object at
 * the word's threshold t, bit 16 + t if it is ignored there, neither true nor false positive. Both may be set; a
 * detection with neither is a false positive. Thresholds beyond the first 16 continue in the next word.
 */
export type Outcome = number;

export const thresholdsPerWord = 16;

/** Number of words that hold an outcome at this many thresholds. */
export function wordsOf(thresholds: number): number {
  return Math.ceil(thresholds / thresholdsPerWord);
}

/** Bits of the thresholds that word `word` holds. */
export function thresholdBits(thresholds: number, word: number): number {
  const count = Math.min(thresholds - word * thresholdsPerWord, thresholdsPerWord);
  return (1 << count) - 1;
}

export function outcomeOf(matched: number, ignored: number): Outcome {
  return matched | (ignored << thresholdsPerWord);
}

/** Bits of the thresholds at which the detection is a true positive. */
export function truePositiveBits(outcome: Outcome): number {
  return outcome & ~ignoredBits(outcome) & 0xffff;
}

/** Bits of the thresholds at which the detection is neither a true nor a false positive. */
export function ignoredBits(outcome: Outcome): number {
  return outcome >>> thresholdsPerWord;
}
