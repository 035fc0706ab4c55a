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
export const SUMMARY_LINES: readonly SummaryLine[] = [
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
export function detectionsIndex({ detections }: SummaryLine, maxDets: readonly number[]): number {
  if (detections === "first") return maxDets.length === 0 ? -1 : 0;
  if (detections === "second") return maxDets.length > 1 ? 1 : -1;
  return maxDets.length - 1;
}

/** The twelve numbers of `SUMMARY_LINES`, as fractions; −1 where nothing was to be found. */
export function summarise(curves: Curves, parameters: EvaluationParameters, categories: number): number[] {
  return SUMMARY_LINES.map((line) => {
    const areaRange = parameters.areaRanges.findIndex(({ name }) => name === line.area);
    const maxDet = detectionsIndex(line, parameters.maxDets);
    const slice = (category: number) => ({ iou: line.iou, category, areaRange, maxDet });
    const values = Array.from({ length: categories }, (_, category) =>
      valuesOf(curves, parameters, categories, line.measure, slice(category)),
    );
    return meanOrAbsent(values.flat());
  });
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
    meanOrAbsent(valuesOf(curves, parameters, categories, "precision", { category, areaRange, maxDet })),
  );
}

interface Slice {
  readonly iou?: number;
  readonly category: number;
  readonly areaRange: number;
  readonly maxDet: number;
}

function valuesOf(
  curves: Curves,
  { iouThresholds, recallThresholds, areaRanges, maxDets }: EvaluationParameters,
  categories: number,
  measure: "precision" | "recall",
  { iou, category, areaRange, maxDet }: Slice,
): number[] {
  if (areaRange < 0 || maxDet < 0) {
    return [];
  }
  const points = measure === "precision" ? recallThresholds.length : 1;
  return iouThresholds.flatMap((threshold, t) => {
    if (iou !== undefined && threshold !== iou) {
      return [];
    }
    return Array.from({ length: points }, (_, r) => {
      const row = (t * points + r) * categories + category;
      return curves[measure][(row * areaRanges.length + areaRange) * maxDets.length + maxDet]!;
    });
  });
}

function meanOrAbsent(values: readonly number[]): number {
  const present = values.filter((value) => value > -1);
  return present.length === 0 ? -1 : present.reduce((sum, value) => sum + value, 0) / present.length;
}
