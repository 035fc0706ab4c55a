import type { Weights } from "../../src/checkpoints/weights.js";
import type { CocoDetection } from "../../src/coco/types.js";
import { Detector } from "../../src/detection/detector.js";
import type { PixelImage } from "../../src/detection/letterbox.js";
import type { DatasetImage, DetectionDataset } from "../datasets/dataset.js";
import { enginePass } from "../engine/steps/enginePass.js";
import { checkCategories } from "./checkCategories.js";
import type { KeptDetections } from "./keptDetections.js";

export interface DetectionOptions {
  /** Images that the network computes together; 1 if not given. */
  readonly batch?: number;
  /** Has what an interrupted evaluation found, and is given what this one finds. */
  readonly kept?: KeptDetections;
  /** Called with how many images are done: first those kept, if there are any, then after each batch. */
  readonly onImage?: (done: number) => void;
}

/** What a detector finds in every image of a data set, in the order of its images. */
export async function detectIn(
  weights: Weights,
  dataset: DetectionDataset,
  { batch = 1, kept, onImage = () => {} }: DetectionOptions = {},
): Promise<CocoDetection[]> {
  checkCategories(weights.classes, dataset);
  const found = new Map<number, readonly CocoDetection[]>();
  for (const { id } of dataset.images) {
    const before = kept?.of(id);
    if (before) found.set(id, before);
  }
  if (found.size > 0) onImage(found.size);
  const batches = batchesOf(
    dataset.images.filter(({ id }) => !found.has(id)),
    batch,
  );
  const detector = Detector.of(weights, undefined, enginePass);
  try {
    let opening = openAll(batches[0]);
    for (const [index, images] of batches.entries()) {
      const pixels = await opening;
      // While the network computes these, the next are decoded.
      opening = openAll(batches[index + 1]);
      const rows = await detector.detectBatch(pixels);
      const added = new Map(images.map(({ id }, place) => [id, cocoRows(id, rows[place]!)]));
      await kept?.add(added);
      for (const [id, detections] of added) found.set(id, detections);
      onImage(found.size);
    }
  } finally {
    detector.dispose();
  }
  return dataset.images.flatMap(({ id }) => found.get(id) ?? []);
}

function batchesOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function openAll(images: readonly DatasetImage[] = []): Promise<PixelImage[]> {
  const opening = Promise.all(images.map(async ({ open }) => ({ ...(await open()), channels: 3 as const })));
  // It is awaited after the batch before it, which may fail first.
  opening.catch(() => {});
  return opening;
}

function cocoRows(image: number, found: Awaited<ReturnType<Detector["detect"]>>): CocoDetection[] {
  return found.map(({ bbox, score, categoryId }) => ({
    image_id: image,
    category_id: categoryId,
    bbox,
    score,
  }));
}
