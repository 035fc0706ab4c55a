import { reasonAgainstTraining } from "./boxReasons.js";
import { reasonAgainstFile } from "./fileNames.js";
import type { CocoAnnotation, CocoDataset, CocoDetection } from "./types.js";
import { uniqueById } from "./uniqueById.js";

export interface ValidateOptions {
  /** "refuse" throws at the first annotation that makes no sense; "skip" leaves such annotations out. */
  readonly invalid?: "refuse" | "skip";
}

export interface SkippedAnnotation {
  readonly index: number;
  readonly annotation: CocoAnnotation;
  readonly reason: string;
}

export interface ValidatedDataset {
  readonly dataset: CocoDataset;
  /** What "skip" left out, in the file's order. */
  readonly skipped: readonly SkippedAnnotation[];
}

/**
 * Holds a data set to what its parts must say about each other: there are images, ids are unique, annotations
 * name images and categories that exist, boxes have a size and lie within their image, give or take a pixel.
 *
 * @param source what errors call the file
 * @throws Error naming file, index, field and what would be right. Images and categories are never skipped.
 */
export function validateDataset(
  dataset: CocoDataset,
  source: string,
  { invalid = "refuse" }: ValidateOptions = {},
): ValidatedDataset {
  if (dataset.images.length === 0) {
    throw new Error(`${source}: images: the list is empty; a split needs at least one image.`);
  }
  const images = uniqueById(dataset.images, "images", source);
  const categories = uniqueById(dataset.categories, "categories", source);

  const seen = new Set<number>();
  const skipped: SkippedAnnotation[] = [];
  const kept = dataset.annotations.filter((annotation, index) => {
    const reason = seen.has(annotation.id)
      ? `id: ${annotation.id} is taken by an earlier annotation; ids must be unique`
      : reasonAgainst(annotation, images.get(annotation.image_id), categories.has(annotation.category_id));
    seen.add(annotation.id);
    if (reason === undefined) {
      return true;
    }
    if (invalid === "refuse") {
      throw new Error(
        `${source}: annotations[${index}].${reason}. Correct the file, or leave such annotations out with --skip-invalid.`,
      );
    }
    skipped.push({ index, annotation, reason });
    return false;
  });
  return { dataset: skipped.length === 0 ? dataset : { ...dataset, annotations: kept }, skipped };
}

/**
 * Holds detections to the data set they are measured against.
 *
 * @param source what errors call the detections
 * @returns ids of categories the data set does not have, ascending: such detections count for nothing
 * @throws Error naming the first detection whose image the data set does not have, or calls by another file's name
 */
export function validateDetections(
  detections: readonly CocoDetection[],
  dataset: CocoDataset,
  source: string,
): number[] {
  const images = new Map(dataset.images.map(({ id, file_name }) => [id, file_name]));
  const categories = new Set(dataset.categories.map(({ id }) => id));
  const unknown = new Set<number>();
  for (const [index, { image_id, category_id, file_name }] of detections.entries()) {
    const image = images.get(image_id);
    if (image === undefined) {
      throw new Error(
        `${source}: [${index}].image_id: no image of the annotations has the id ${image_id}; ` +
          "detections and annotations must be of the same split.",
      );
    }
    const reason = reasonAgainstFile(file_name, image_id, image);
    if (reason !== undefined) {
      throw new Error(`${source}: [${index}].${reason}.`);
    }
    if (!categories.has(category_id)) {
      unknown.add(category_id);
    }
  }
  return [...unknown].sort((a, b) => a - b);
}

function reasonAgainst(
  { bbox, image_id, category_id }: CocoAnnotation,
  image: { readonly width: number; readonly height: number } | undefined,
  categoryExists: boolean,
): string | undefined {
  if (image === undefined) {
    return `image_id: no image has the id ${image_id}`;
  }
  if (!categoryExists) {
    return `category_id: no category has the id ${category_id}`;
  }
  return reasonAgainstTraining(bbox, image);
}
