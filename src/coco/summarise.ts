import type { Curves } from "./accumulate.js";
import type { EvaluationParameters } from "./parameters.js";

/** One of the twelve metrics: a mean over a slice of the precision or recall curves. */
export interface SummaryStat {
  readonly name: string;
  readonly measure: "precision" | "recall";
  /** A single IoU threshold; all of them by default. */
  readonly iou?: number;
  readonly area: string;
  /** Which of `maxDets`. */
  readonly detections: "first" | "second" | "last";
}

/** COCO's twelve metrics, in the order of pycocotools' `stats`. */
export const summaryStats: readonly SummaryStat[] = [
  { name: "AP", measure: "precision", area: "all", detections: "last" },
  { name: "AP50", measure: "precision", iou: 0.5, area: "all", detections: "last" },
  { name: "AP75", measure: "precision", iou: 0.75, area: "all", detections: "last" },
  { name: "APs", measure: "precision", area: "small", detections: "last" },
  { name: "APm", measure: "precision", area: "medium", detections: "last" },
  { name: "APl", measure: "precision", area: "large", detections: "last" },
  { name: "AR1", measure: "recall", area: "all", detections: "first" },
  { name: "AR10", measure: "recall", area: "all", detections: "second" },
  { name: "AR100", measure: "recall", area: "all", detections: "last" },
  { name: "ARs", measure: "recall", area: "small", detections: "last" },
  { name: "ARm", measure: "recall", area: "medium", detections: "last" },
  { name: "ARl", measure: "recall", area: "large", detections: "last" },
];

/** Index into `maxDets` of a metric's number of detections; −1 if there is none. */
export function detectionsIndex(
  { detections }: Pick<SummaryStat, "detections">,
  maxDets: readonly number[],
): number {
  if (detections === "first") return maxDets.length === 0 ? -1 : 0;
  if (detections === "second") return maxDets.length > 1 ? 1 : -1;
  return maxDets.length - 1;
}

/**
 * The twelve values of `summaryStats`, as fractions; −1 if there was no ground truth. Unlike here, pycocotools reads
 * AP at 100 detections whatever `maxDets` says, and gives −1 if 100 is not among them.
 *
 * @param category index of the only category to look at; all of them by default
 */
export function summarise(
  curves: Curves,
  parameters: EvaluationParameters,
  categories: number,
  category?: number,
): number[] {
  return summaryStats.map(({ measure, iou, area, detections }) =>
    meanOf(curves, parameters, categories, {
      measure,
      iou,
      category,
      areaRange: parameters.areaRanges.findIndex(({ name }) => name === area),
      maxDet: detectionsIndex({ detections }, parameters.maxDets),
    }),
  );
}

/**
 * Each category's AP: mean precision over all IoU and recall thresholds, all object sizes, at the largest number of
 * detections; −1 if the category has no object.
 */
export function averagePrecisions(
  curves: Curves,
  parameters: EvaluationParameters,
  categories: number,
): number[] {
  const areaRange = parameters.areaRanges.findIndex(({ name }) => name === "all");
  const maxDet = parameters.maxDets.length - 1;
  return Array.from({ length: categories }, (_, category) =>
    meanOf(curves, parameters, categories, { measure: "precision", category, areaRange, maxDet }),
  );
}

interface Slice {
  readonly measure: "precision" | "recall";
  /** A single IoU threshold; all of them by default. */
  readonly iou?: number;
  /** A single category; all of them by default. */
  readonly category?: number;
  readonly areaRange: number;
  readonly maxDet: number;
}

/** The mean of all values except −1, which marks missing ones. */
function meanOf(
  curves: Curves,
  { iouThresholds, recallThresholds, areaRanges, maxDets }: EvaluationParameters,
  categories: number,
  { measure, iou, category, areaRange, maxDet }: Slice,
): number {
  if (areaRange < 0 || maxDet < 0) {
    return -1;
  }
  const values = curves[measure];
  const points = measure === "precision" ? recallThresholds.length : 1;
  const firstCategory = category ?? 0;
  const endCategory = category === undefined ? categories : category + 1;
  let sum = 0;
  let count = 0;
  for (const [t, threshold] of iouThresholds.entries()) {
    if (iou !== undefined && threshold !== iou) {
      continue;
    }
    for (let r = 0; r < points; r++) {
      // A sum of sums rounds less than one long sum.
      let pointSum = 0;
      for (let k = firstCategory; k < endCategory; k++) {
        const row = (t * points + r) * categories + k;
        const value = values[(row * areaRanges.length + areaRange) * maxDets.length + maxDet]!;
        if (value > -1) {
          pointSum += value;
          count++;
        }
      }
      sum += pointSum;
    }
  }
  return count === 0 ? -1 : sum / count;
}
