import type { ClassChannel, Weights } from "../../src/checkpoints/weights.js";
import { bootstrap, type Interval } from "../../src/coco/bootstrap/confidenceIntervals.js";
import { evaluateTables } from "../../src/coco/evaluate.js";
import { detectionTable } from "../../src/coco/reading/detectionTable.js";
import { groundTruthTable } from "../../src/coco/reading/groundTruthTable.js";
import type { CocoDetection } from "../../src/coco/types.js";
import { Detector } from "../../src/detection/detector.js";
import type { DetectionDataset } from "../datasets/dataset.js";
import { enginePass } from "../engine/steps/enginePass.js";
import type { DetectionMetrics } from "../records/record.js";
import { terminalName } from "../terminal.js";

export interface Evaluation {
  readonly metrics: DetectionMetrics;
  readonly detections: readonly CocoDetection[];
}

/** Runs a detector on every image of a data set and evaluates its detections, with intervals of what it measures. */
export async function evaluateDetector(
  weights: Weights,
  dataset: DetectionDataset,
  onImage: (done: number) => void = () => {},
): Promise<Evaluation> {
  const detections = await detectIn(weights, dataset, onImage);
  return { metrics: metricsOf(dataset, detections), detections };
}

/** What a detector finds in every image of a data set. */
export async function detectIn(
  weights: Weights,
  dataset: DetectionDataset,
  onImage: (done: number) => void = () => {},
): Promise<CocoDetection[]> {
  checkCategories(weights.classes, dataset);
  const detector = Detector.of(weights, undefined, enginePass);
  const detections: CocoDetection[] = [];
  try {
    for (const [index, image] of dataset.images.entries()) {
      const pixels = await image.open();
      for (const { bbox, score, categoryId } of await detector.detect({ ...pixels, channels: 3 })) {
        detections.push({ image_id: image.id, category_id: categoryId, bbox, score });
      }
      onImage(index + 1);
    }
  } finally {
    detector.dispose();
  }
  return detections;
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

/** Classes that an error lists. */
const mostListed = 20;

function listedClasses(classes: readonly ClassChannel[]): string {
  const beyond = classes.length - mostListed;
  const listed = classes
    .slice(0, mostListed)
    .map((entry) => `${entry.categoryId} "${terminalName(entry.name)}"`);
  return listed.join(", ") + (beyond > 0 ? ` and ${beyond} more` : "");
}

/** @throws Error naming a category of the data set without a class channel. */
export function checkCategories(
  classes: readonly ClassChannel[],
  { name, split, categories }: DetectionDataset,
): void {
  const known = new Map(classes.map((entry) => [entry.categoryId, entry.name]));
  for (const category of categories) {
    if (known.get(category.id) !== category.name) {
      throw new Error(
        `The split ${split} of the data set ${name} has the category ${category.id} "${terminalName(category.name)}", which the weights do not have; ` +
          `they have ${listedClasses(classes)}.`,
      );
    }
  }
}
