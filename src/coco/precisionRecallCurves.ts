import type { CategoryMatches } from "./matching/categoryMatches.js";
import { ignoredBits, outcomeOf, rightBits, thresholdBits, thresholdsPerWord } from "./matching/outcome.js";

/**
 * The points at which precision-recall curves can be read, for up to 16 IoU thresholds at once.
 *
 * Only right detections raise recall, and in between precision falls. So the points are the right detections, the
 * nth of them where the nth object is found, and for a recall of 0 the first detection of all, right or wrong or
 * ignored: its score counts, with the best precision of the curve.
 */
export class CurvePoints {
  /** `[thresholds, room]`: the nth right detection's. */
  private precisions = new Float64Array(0);
  private scores = new Float64Array(0);
  private room = 0;
  private readonly rightCounts = new Int32Array(thresholdsPerWord);
  private readonly ignoredCounts = new Int32Array(thresholdsPerWord);
  private hasDetection = false;
  private firstScore = 0;

  /**
   * Takes the curves of a category.
   *
   * @param outcomes of one area range
   * @param words how many an outcome has
   * @param word which of them
   * @param thresholds how many it holds
   * @param maxDet how many detections of an image count
   * @param positives objects to be found
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
    this.rightCounts.fill(0);
    this.ignoredCounts.fill(0);
    this.hasDetection = order.length > 0 && maxDet > 0;
    this.firstScore = this.hasDetection ? scores[order[0]!]! : 0;
    const allIgnored = outcomeOf(0, thresholdBits(thresholds, 0));
    // Detections so far, without those that are ignored at every threshold.
    let counted = 0;
    for (let i = 0; i < order.length; i++) {
      const detection = order[i]!;
      if (rank[detection]! >= maxDet) {
        continue;
      }
      const outcome = outcomes[detection * words + word]!;
      if (outcome === allIgnored) {
        continue;
      }
      counted++;
      if (outcome !== 0) {
        this.count(outcome, counted, scores[detection]!);
      }
    }
    this.raiseToTheBestBeyond(thresholds);
  }

  /** Number of right detections. */
  right(threshold: number): number {
    return this.rightCounts[threshold]!;
  }

  /** Whether so many objects are found; that none is found takes a detection, too. */
  reaches(threshold: number, right: number): boolean {
    return right === 0 ? this.hasDetection : right <= this.rightCounts[threshold]!;
  }

  /** The best precision with which so many objects, or more, are found. */
  precision(threshold: number, right: number): number {
    return this.rightCounts[threshold] === 0
      ? 0
      : this.precisions[threshold * this.room + Math.max(right - 1, 0)]!;
  }

  /** The score of the detection with which so many objects are found. */
  score(threshold: number, right: number): number {
    return right === 0 ? this.firstScore : this.scores[threshold * this.room + right - 1]!;
  }

  private count(outcome: number, counted: number, score: number): void {
    for (let bits = ignoredBits(outcome); bits !== 0; bits &= bits - 1) {
      this.ignoredCounts[lowestBit(bits)]!++;
    }
    for (let bits = rightBits(outcome); bits !== 0; bits &= bits - 1) {
      const threshold = lowestBit(bits);
      const right = ++this.rightCounts[threshold]!;
      const at = threshold * this.room + right - 1;
      // The wrong ones and the right ones, in whole numbers, are those that are not ignored.
      this.precisions[at] = right / (counted - this.ignoredCounts[threshold]! + Number.EPSILON);
      this.scores[at] = score;
    }
  }

  private raiseToTheBestBeyond(thresholds: number): void {
    for (let threshold = 0; threshold < thresholds; threshold++) {
      const from = threshold * this.room;
      for (let at = from + this.rightCounts[threshold]! - 2; at >= from; at--) {
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
