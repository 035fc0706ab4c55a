import type { Weights } from "../../src/checkpoints/weights.js";
import { bootstrap, type Interval } from "../../src/coco/bootstrap/confidenceIntervals.js";
import { evaluateTables } from "../../src/coco/evaluate.js";
import { detectionTable } from "../../src/coco/reading/detectionTable.js";
import { groundTruthTable } from "../../src/coco/reading/groundTruthTable.js";
import type { CocoDetection } from "../../src/coco/types.js";
import type { DetectionDataset } from "../datasets/dataset.js";
import type { DetectionMetrics } from "../records/record.js";
import { type DetectionOptions, detectIn } from "./detectIn.js";

export interface Evaluation {
  readonly metrics: DetectionMetrics;
  readonly detections: readonly CocoDetection[];
}

/** Runs a detector on every image of a data set and evaluates its detections, with intervals of what it measures. */
export async function evaluateDetector(
  weights: Weights,
  dataset: DetectionDataset,
  options: DetectionOptions = {},
): Promise<Evaluation> {
  const detections = await detectIn(weights, dataset, options);
  return { metrics: metricsOf(dataset, detections), detections };
}

/** How a record's intervals are drawn. */
const drawing = { rounds: 1000, seed: 0, level: 0.95 } as const;

function metricsOf({ coco, name }: DetectionDataset, detections: readonly CocoDetection[]): DetectionMetrics {
  const truth = groundTruthTable(coco, name, "bbox");
  const found = detectionTable(detections, truth, "the detections", "bbox");
  const { stats, categoryIds, perCategoryAP } = evaluateTables(truth, found, "bbox");
  const { ap, ap50 } = bootstrap(truth, found, "bbox", drawing);
  return {
    stats: [...stats],
    categoryIds: [...categoryIds],
    perCategoryAP: [...perCategoryAP],
    intervals: { ...drawing, ap: boundsOf(ap), ap50: boundsOf(ap50) },
  };
}

const boundsOf = (interval: Interval | undefined) =>
  interval === undefined ? null : { low: interval.low, high: interval.high };
