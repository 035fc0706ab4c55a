import type { Curves } from "./accumulate.js";
import type { EvaluationParameters } from "./parameters.js";

/** One of the twelve numbers: of what, and over which slice of the curves it is the mean. */
export interface SummaryLine {
  readonly name: string;
  readonly measure: "precision" | "recall";
  /** One threshold only; all when absent. */
  readonly iou?: number;
  readonly area: string;
  /** Which of `maxDets`. */
  readonly detections: "first" | "second" | "last";
}

/** COCO's twelve numbers in their order, as pycocotools' `summarize` has them. */
export const summaryStats: readonly SummaryLine[] = [
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

/** Which of `maxDets` a line is about; −1 where there is none. */
export function detectionsIndex(
  { detections }: Pick<SummaryLine, "detections">,
  maxDets: readonly number[],
): number {
  if (detections === "first") return maxDets.length === 0 ? -1 : 0;
  if (detections === "second") return maxDets.length > 1 ? 1 : -1;
  return maxDets.length - 1;
}

/**
 * The twelve numbers of `summaryStats`, as fractions; −1 where nothing was to be found. Their numbers of detections
 * are places in `maxDets`; pycocotools reads the first of them, AP, at 100 detections whatever `maxDets` says, and
 * gives −1 where 100 is not among them.
 */
export function summarise(curves: Curves, parameters: EvaluationParameters, categories: number): number[] {
  return twelveNumbers(curves, parameters, categories);
}

/** As `summarise`, of each category alone: `[categories][12]`. */
export function summariseByCategory(
  curves: Curves,
  parameters: EvaluationParameters,
  categories: number,
): number[][] {
  return Array.from({ length: categories }, (_, category) =>
    twelveNumbers(curves, parameters, categories, category),
  );
}

function twelveNumbers(
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
 * Each category's AP: mean precision over all IoU and recall thresholds, objects of every size, at the largest
 * number of detections; −1 where the category has no object.
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
  /** One threshold; all when absent. */
  readonly iou?: number;
  /** One category; all when absent. */
  readonly category?: number;
  readonly areaRange: number;
  readonly maxDet: number;
}

/** The mean of what is not absent, −1. */
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
      // Sums of sums lose less to rounding than one long sum.
      let sumOfPoint = 0;
      for (let k = firstCategory; k < endCategory; k++) {
        const row = (t * points + r) * categories + k;
        const value = values[(row * areaRanges.length + areaRange) * maxDets.length + maxDet]!;
        if (value > -1) {
          sumOfPoint += value;
          count++;
        }
      }
      sum += sumOfPoint;
    }
  }
  return count === 0 ? -1 : sum / count;
}
