import type { CategoryMatches } from "./matching/categoryMatches.js";
import {
  ignoredBits,
  outcomeOf,
  thresholdBits,
  thresholdsPerWord,
  truePositiveBits,
} from "./matching/outcome.js";

/**
 * One category's precision-recall curves, for up to 16 IoU thresholds at once.
 *
 * Only true positives raise recall, and precision falls in between. So the curve is kept at its true positives, the
 * nth of which finds the nth object, plus, for a recall of 0, the first detection of all, be it a true positive, a
 * false positive or ignored: its score is reported, with the best precision of the curve.
 */
export class PrecisionRecallCurves {
  /** `[thresholds, room]`: at the nth true positive. */
  private precisions = new Float64Array(0);
  private scores = new Float64Array(0);
  private room = 0;
  private readonly truePositives = new Int32Array(thresholdsPerWord);
  private readonly ignored = new Int32Array(thresholdsPerWord);
  private hasDetection = false;
  private firstScore = 0;

  /**
   * Computes the curves of a category, replacing those of the previous one.
   *
   * @param outcomes of one area range
   * @param words per outcome
   * @param word which of them to read
   * @param thresholds how many that word holds
   * @param maxDet how many detections per image count
   * @param positives number of ground truths
   */
  walk(
    { rank, scores, order }: CategoryMatches,
    outcomes: Int32Array,
    words: number,
    word: number,
    thresholds: number,
    maxDet: number,
    positives: number,
  ): void {
    this.reserve(positives);
    this.truePositives.fill(0);
    this.ignored.fill(0);
    this.hasDetection = order.length > 0 && maxDet > 0;
    this.firstScore = this.hasDetection ? scores[order[0]!]! : 0;
    const allIgnored = outcomeOf(0, thresholdBits(thresholds, 0));
    // Detections so far, except those that are ignored at every threshold.
    let counted = 0;
    for (let i = 0; i < order.length; i++) {
      const detection = order[i]!;
      if (rank[detection]! >= maxDet) continue;
      const outcome = outcomes[detection * words + word]!;
      if (outcome === allIgnored) continue;
      counted++;
      if (outcome !== 0) this.count(outcome, counted, scores[detection]!);
    }
    this.makeMonotonic(thresholds);
  }

  truePositivesAt(threshold: number): number {
    return this.truePositives[threshold]!;
  }

  /** Whether this many objects are found; finding none still takes a detection. */
  reaches(threshold: number, truePositives: number): boolean {
    return truePositives === 0 ? this.hasDetection : truePositives <= this.truePositives[threshold]!;
  }

  /** The best precision at which this many objects, or more, are found. */
  precision(threshold: number, truePositives: number): number {
    return this.truePositives[threshold] === 0
      ? 0
      : this.precisions[threshold * this.room + Math.max(truePositives - 1, 0)]!;
  }

  /** The score of the detection that finds the last of this many objects. */
  score(threshold: number, truePositives: number): number {
    return truePositives === 0 ? this.firstScore : this.scores[threshold * this.room + truePositives - 1]!;
  }

  private count(outcome: number, counted: number, score: number): void {
    for (let bits = ignoredBits(outcome); bits !== 0; bits &= bits - 1) {
      this.ignored[lowestBit(bits)]!++;
    }
    for (let bits = truePositiveBits(outcome); bits !== 0; bits &= bits - 1) {
      const threshold = lowestBit(bits);
      const truePositives = ++this.truePositives[threshold]!;
      const at = threshold * this.room + truePositives - 1;
      // True plus false positives, as an integer: all detections that are not ignored.
      this.precisions[at] = truePositives / (counted - this.ignored[threshold]! + Number.EPSILON);
      this.scores[at] = score;
    }
  }

  /** Raises each precision to the best one at an equal or higher recall. */
  private makeMonotonic(thresholds: number): void {
    for (let threshold = 0; threshold < thresholds; threshold++) {
      const from = threshold * this.room;
      for (let at = from + this.truePositives[threshold]! - 2; at >= from; at--) {
        const beyond = this.precisions[at + 1]!;
        if (beyond > this.precisions[at]!) this.precisions[at] = beyond;
      }
    }
  }

  private reserve(positives: number): void {
    if (positives > this.room) {
      this.room = positives;
      this.precisions = new Float64Array(thresholdsPerWord * positives);
      this.scores = new Float64Array(thresholdsPerWord * positives);
    }
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
