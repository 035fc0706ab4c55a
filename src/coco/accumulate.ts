import type { CategoryMatches } from "./matching/categoryMatches.js";
import { thresholdsPerWord, wordsOf } from "./matching/outcome.js";
import type { EvaluationParameters } from "./parameters.js";
import { CurvePoints } from "./precisionRecallCurves.js";

/** Precision-recall curves of a whole data set; −1 where a category has nothing to be found. */
export interface Curves {
  /** `[iouThresholds, recallThresholds, categories, areaRanges, maxDets]`. */
  readonly precision: Float64Array;
  /** `[iouThresholds, categories, areaRanges, maxDets]`: the recall all detections together reach. */
  readonly recall: Float64Array;
  /** As `precision`: the score of the detection with which a recall is reached. */
  readonly scores: Float64Array;
}

/** Draws the curves of categories from their matches, as pycocotools' `accumulate` does, to the last bit. */
export class Accumulator {
  readonly curves: Curves;
  private readonly parameters: EvaluationParameters;
  private readonly categories: number;
  private readonly points: CurvePoints;

  /** @param categories how many will be added */
  constructor(parameters: EvaluationParameters, categories: number) {
    const { iouThresholds, recallThresholds, areaRanges, maxDets } = parameters;
    const recalls = iouThresholds.length * categories * areaRanges.length * maxDets.length;
    this.curves = {
      precision: new Float64Array(recalls * recallThresholds.length).fill(-1),
      recall: new Float64Array(recalls).fill(-1),
      scores: new Float64Array(recalls * recallThresholds.length).fill(-1),
    };
    this.parameters = parameters;
    this.categories = categories;
    this.points = new CurvePoints();
  }

  add(matches: CategoryMatches): void {
    const { iouThresholds, recallThresholds, areaRanges, maxDets } = this.parameters;
    const words = wordsOf(iouThresholds.length);
    for (const [a, { outcomes, positives }] of matches.ranges.entries()) {
      if (positives === 0) {
        continue;
      }
      const needed = recallThresholds.map((recall) => rightNeeded(recall, positives));
      for (const [m, maxDet] of maxDets.entries()) {
        for (let word = 0; word < words; word++) {
          const first = word * thresholdsPerWord;
          const thresholds = Math.min(iouThresholds.length - first, thresholdsPerWord);
          this.points.walk(matches, outcomes, words, word, thresholds, maxDet, positives);
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
    recall[cell(threshold)] = this.points.right(bit) / positives;
    let isReached = true;
    for (const [r, count] of needed.entries()) {
      const at = cell(threshold * needed.length + r);
      // pycocotools gives up at the first recall that is not reached; it matters where recalls do not ascend.
      isReached &&= this.points.reaches(bit, count);
      precision[at] = isReached ? this.points.precision(bit, count) : 0;
      scores[at] = isReached ? this.points.score(bit, count) : 0;
    }
  }
}

/** The fewest right detections with which `right / positives` is not below `recall`. */
export function rightNeeded(recall: number, positives: number): number {
  let count = Math.max(Math.ceil(recall * positives), 0);
  // The product rounds; the quotient is what counts.
  while (count > 0 && (count - 1) / positives >= recall) count--;
  while (count / positives < recall) count++;
  return count;
}
