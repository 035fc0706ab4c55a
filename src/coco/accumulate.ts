import type { CategoryMatches } from "./matching/categoryMatches.js";
import { thresholdsPerWord, wordsOf } from "./matching/outcome.js";
import type { EvaluationParameters } from "./parameters.js";
import { PrecisionRecallCurves } from "./precisionRecallCurves.js";

/** Precision-recall curves of a whole data set; −1 where a category has no ground truth. */
export interface Curves {
  /** `[iouThresholds, recallThresholds, categories, areaRanges, maxDets]`. */
  readonly precision: Float64Array;
  /** `[iouThresholds, categories, areaRanges, maxDets]`: the recall that all detections together reach. */
  readonly recall: Float64Array;
  /** Same layout as `precision`: the score of the detection that reaches a recall. */
  readonly scores: Float64Array;
}

/** Accumulates categories' matches into curves, bit for bit as pycocotools' `accumulate` does. */
export class Accumulator {
  readonly curves: Curves;
  private readonly category = new PrecisionRecallCurves();

  /** @param categories how many will be added */
  constructor(
    private readonly parameters: EvaluationParameters,
    private readonly categories: number,
  ) {
    const { iouThresholds, recallThresholds, areaRanges, maxDets } = parameters;
    const recalls = iouThresholds.length * categories * areaRanges.length * maxDets.length;
    this.curves = {
      precision: new Float64Array(recalls * recallThresholds.length).fill(-1),
      recall: new Float64Array(recalls).fill(-1),
      scores: new Float64Array(recalls * recallThresholds.length).fill(-1),
    };
  }

  add(matches: CategoryMatches): void {
    const { iouThresholds, recallThresholds, areaRanges, maxDets } = this.parameters;
    const words = wordsOf(iouThresholds.length);
    for (const [a, { outcomes, positives }] of matches.ranges.entries()) {
      if (positives === 0) continue;
      const needed = recallThresholds.map((recall) => truePositivesNeeded(recall, positives));
      for (const [m, maxDet] of maxDets.entries()) {
        for (let word = 0; word < words; word++) {
          const first = word * thresholdsPerWord;
          const thresholds = Math.min(iouThresholds.length - first, thresholdsPerWord);
          this.category.walk(matches, outcomes, words, word, thresholds, maxDet, positives);
          for (let bit = 0; bit < thresholds; bit++) {
            const cell = (row: number) =>
              ((row * this.categories + matches.category) * areaRanges.length + a) * maxDets.length + m;
            this.read(bit, first + bit, needed, positives, cell);
          }
        }
      }
    }
  }

  private read(
    bit: number,
    threshold: number,
    needed: readonly number[],
    positives: number,
    cell: (row: number) => number,
  ): void {
    const { precision, recall, scores } = this.curves;
    recall[cell(threshold)] = this.category.truePositivesAt(bit) / positives;
    let isReached = true;
    for (const [r, count] of needed.entries()) {
      const at = cell(threshold * needed.length + r);
      // pycocotools stops at the first recall that is not reached, which matters if recalls do not ascend.
      isReached &&= this.category.reaches(bit, count);
      precision[at] = isReached ? this.category.precision(bit, count) : 0;
      scores[at] = isReached ? this.category.score(bit, count) : 0;
    }
  }
}

/** The fewest true positives for which `truePositives / positives` is at least `recall`. */
export function truePositivesNeeded(recall: number, positives: number): number {
  let count = Math.max(Math.ceil(recall * positives), 0);
  // The product is rounded; pycocotools compares the quotient.
  while (count > 0 && (count - 1) / positives >= recall) count--;
  while (count / positives < recall) count++;
  return count;
}
