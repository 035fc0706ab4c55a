import * as v from "valibot";
import type { CocoDataset } from "../types.js";
import { check } from "./check.js";
import { annotationSchema, categorySchema, imageSchema } from "./schemas.js";

const datasetSchema = v.object({
  images: v.array(imageSchema),
  annotations: v.array(annotationSchema),
  categories: v.array(categorySchema),
});

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
