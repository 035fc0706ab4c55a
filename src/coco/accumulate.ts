import type { ImageMatches } from "./match.js";
import type { EvaluationParameters } from "./parameters.js";

/** Precision-recall curves of a whole data set; −1 where a category has nothing to be found. */
export interface Curves {
  /** `[iouThresholds, recallThresholds, categories, areaRanges, maxDets]`. */
  readonly precision: Float64Array;
  /** `[iouThresholds, categories, areaRanges, maxDets]`: the recall all detections together reach. */
  readonly recall: Float64Array;
  /** As `precision`: the score of the detection with which a recall is reached. */
  readonly scores: Float64Array;
}

export function emptyCurves(parameters: EvaluationParameters, categories: number): Curves {
  const { iouThresholds, recallThresholds, areaRanges, maxDets } = parameters;
  const recalls = iouThresholds.length * categories * areaRanges.length * maxDets.length;
  return {
    precision: new Float64Array(recalls * recallThresholds.length).fill(-1),
    recall: new Float64Array(recalls).fill(-1),
    scores: new Float64Array(recalls * recallThresholds.length).fill(-1),
  };
}

/**
 * Draws the curves of one category from the matches in its images, as pycocotools' `accumulate` does.
 *
 * @param curves gets the category's numbers
 * @param category index among `categories`
 * @param scores of each image's detections, best first
 * @param matchesByRange `[areaRanges][images]`, the images as in `scores`
 */
export function accumulateCategory(
  curves: Curves,
  category: number,
  categories: number,
  scores: readonly Float64Array[],
  matchesByRange: readonly (readonly ImageMatches[])[],
  parameters: EvaluationParameters,
): void {
  const { iouThresholds, recallThresholds, areaRanges, maxDets } = parameters;
  for (const [m, maxDet] of maxDets.entries()) {
    const ranking = rank(scores, maxDet);
    for (const [a, matches] of matchesByRange.entries()) {
      const positives = matches.reduce((sum, image) => sum + image.positives, 0);
      if (positives === 0) {
        continue;
      }
      for (let t = 0; t < iouThresholds.length; t++) {
        const cell = (row: number) =>
          ((row * categories + category) * areaRanges.length + a) * maxDets.length + m;
        const curve = curveOf(ranking, scores, matches, t, positives);
        curves.recall[cell(t)] = curve.recall.at(-1) ?? 0;
        for (const [r, threshold] of recallThresholds.entries()) {
          const point = firstAtLeast(curve.recall, threshold);
          const at = cell(t * recallThresholds.length + r);
          curves.precision[at] = curve.precision[point] ?? 0;
          curves.scores[at] = ranking.scores[point] ?? 0;
        }
      }
    }
  }
}

/** Detections of all images in one row, best first; of equal scores the earlier image's first. */
interface Ranking {
  readonly images: Uint32Array;
  readonly detections: Uint32Array;
  readonly scores: Float64Array;
}

function rank(scores: readonly Float64Array[], maxDet: number): Ranking {
  const all = scores.flatMap((ofImage, image) =>
    Array.from(ofImage.subarray(0, maxDet), (score, detection) => ({ image, detection, score })),
  );
  all.sort((a, b) => b.score - a.score);
  return {
    images: Uint32Array.from(all, ({ image }) => image),
    detections: Uint32Array.from(all, ({ detection }) => detection),
    scores: Float64Array.from(all, ({ score }) => score),
  };
}

function curveOf(
  { images, detections }: Ranking,
  scores: readonly Float64Array[],
  matches: readonly ImageMatches[],
  threshold: number,
  positives: number,
): { recall: Float64Array; precision: Float64Array } {
  const recall = new Float64Array(images.length);
  const precision = new Float64Array(images.length);
  let right = 0;
  let wrong = 0;
  for (let i = 0; i < images.length; i++) {
    const image = images[i]!;
    const { matched, ignored } = matches[image]!;
    const at = threshold * scores[image]!.length + detections[i]!;
    if (ignored[at] === 0) {
      if (matched[at] === 1) right++;
      else wrong++;
    }
    recall[i] = right / positives;
    precision[i] = right / (wrong + right + Number.EPSILON);
  }
  // A recall counts with the best precision at which it, or a higher one, is reached.
  for (let i = images.length - 1; i > 0; i--) {
    precision[i - 1] = Math.max(precision[i - 1]!, precision[i]!);
  }
  return { recall, precision };
}

/** Index of the first value that is not below `threshold` in an ascending row; its length when there is none. */
function firstAtLeast(ascending: Float64Array, threshold: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}
