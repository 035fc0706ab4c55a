import { sha256 } from "../records/provenance.js";
import type { DetectionDataset } from "./dataset.js";

/** The first images of a data set, with their annotations and all of its categories; all of them if it has fewer. */
export function firstImages(dataset: DetectionDataset, count: number): DetectionDataset {
  if (count >= dataset.images.length) return dataset;
  const images = dataset.images.slice(0, count);
  const ids = new Set(images.map(({ id }) => id));
  const { coco, hash } = dataset;
  return {
    ...dataset,
    images,
    coco: {
      ...coco,
      images: coco.images.filter(({ id }) => ids.has(id)),
      annotations: coco.annotations.filter(({ image_id }) => ids.has(image_id)),
    },
    hash: sha256(Buffer.from(`the first ${count} images of ${hash}`)),
  };
}
