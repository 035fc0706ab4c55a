/**
 * What became of a detection at up to 16 IoU thresholds, in one 32-bit word: bit t is set where an object was found
 * at the word's threshold t, bit 16 + t where the detection counts neither as right nor as wrong there. Both may be
 * set; a detection with neither is wrong. Thresholds beyond the first 16 go on in the next word.
 */
export type Outcome = number;

export const thresholdsPerWord = 16;

/** Words it takes to hold an outcome at so many thresholds. */
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

/** Bits of the thresholds at which the detection found an object that counts. */
export function rightBits(outcome: Outcome): number {
  return outcome & ~ignoredBits(outcome) & 0xffff;
}

/** Bits of the thresholds at which the detection is neither right nor wrong. */
export function ignoredBits(outcome: Outcome): number {
  return outcome >>> thresholdsPerWord;
}
