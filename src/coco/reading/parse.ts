import * as v from "valibot";
import type { CocoDataset } from "../types.js";
import { check } from "./checkSchema.js";
import { annotationSchema, categorySchema, imageSchema } from "./schemas.js";

const datasetSchema = v.object({
  images: v.array(imageSchema),
  annotations: v.array(annotationSchema),
  categories: v.array(categorySchema),
});

/**
 * Parses an `instances_*.json`: every field that detection needs, of the right type. `area` defaults to the box's,
 * `iscrowd` to 0; fields not in `CocoDataset` are dropped. Consistency of ids and boxes is up to `validateDataset`.
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
