import * as v from "valibot";
import { reasonAgainstMeasuring } from "./boxReasons.js";
import { check } from "./check.js";
import { annotationSchema, categorySchema, detectionSchema, imageSchema } from "./schemas.js";
import type { CocoDataset, CocoDetection } from "./types.js";

const datasetSchema = v.object({
  images: v.array(imageSchema),
  annotations: v.array(annotationSchema),
  categories: v.array(categorySchema),
});

const detectionsSchema = v.array(detectionSchema);

/**
 * Reads the shape of an `instances_*.json`: every field detection needs, of the right type. An annotation
 * without `area` gets its box's, one without `iscrowd` gets 0; fields not named in `CocoDataset` are dropped.
 * Whether ids and boxes make sense together is `validateDataset`'s to say.
 *
 * @param value the parsed JSON
 * @param source what errors call the file
 * @throws Error naming file, index, field, what was found and what would be right
 */
export function parseDataset(value: unknown, source: string): CocoDataset {
  const { images, annotations, categories } = check(datasetSchema, value, source);
  return {
    images,
    annotations: annotations.map((annotation) => ({
      ...annotation,
      area: annotation.area ?? annotation.bbox[2] * annotation.bbox[3],
    })),
    categories,
  };
}

/**
 * Reads a COCO results array: boxes `[x, y, width, height]` with a score, any number of them.
 *
 * @param value the parsed JSON
 * @param source what errors call the file
 * @throws Error naming file, index, field, what was found and what would be right
 */
export function parseDetections(value: unknown, source: string): CocoDetection[] {
  const detections = check(detectionsSchema, value, source);
  for (const [index, { bbox }] of detections.entries()) {
    const reason = reasonAgainstMeasuring(bbox);
    if (reason !== undefined) {
      throw new Error(`${source}: [${index}].${reason}.`);
    }
  }
  return detections;
}
