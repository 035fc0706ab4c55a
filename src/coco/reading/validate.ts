import type { CocoAnnotation, CocoDataset } from "../types.js";
import { reasonAgainstTraining } from "./checkBox.js";
import { uniqueById } from "./uniqueById.js";

export interface ValidateOptions {
  /** "refuse" throws at the first invalid annotation; "skip" leaves such annotations out. */
  readonly invalid?: "refuse" | "skip";
}

export interface SkippedAnnotation {
  readonly index: number;
  readonly annotation: CocoAnnotation;
  readonly reason: string;
}

interface ValidatedDataset {
  readonly dataset: CocoDataset;
  /** What "skip" left out, in the file's order. */
  readonly skipped: readonly SkippedAnnotation[];
}

/**
 * Checks a data set for consistency: there are images, ids are unique, annotations refer to images and categories that
 * exist, boxes have a size and are within their image, give or take a pixel.
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
      ? `id: ${annotation.id} is already used by an earlier annotation; ids must be unique`
      : reasonAgainst(annotation, images.get(annotation.image_id), categories.has(annotation.category_id));
    seen.add(annotation.id);
    if (reason === undefined) {
      return true;
    }
    if (invalid === "refuse") {
      throw new Error(
        `${source}: annotations[${index}].${reason}. Correct the file, or skip such annotations with --skip-invalid.`,
      );
    }
    skipped.push({ index, annotation, reason });
    return false;
  });
  return { dataset: skipped.length === 0 ? dataset : { ...dataset, annotations: kept }, skipped };
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
