import { availableParallelism } from "node:os";
import type { DetectionDataset } from "../../datasets/dataset.js";
import {
  type DecodedImages,
  type DecodedImagesSettings,
  decodedImages,
} from "../../datasets/decodedImages.js";
import { ExampleMaker, type ExampleSource } from "./exampleMaker.js";
import type { ExampleSettings } from "./examples.js";
import { ExampleThreads } from "./exampleThreads.js";

/** How a run's images reach the engine. */
export interface InputOptions {
  /** Threads that make examples; with 0 the engine's own thread does. */
  readonly workers: number;
  /** Where decoded images are stored on disk, and the limit on their size; only in memory by default. */
  readonly cache?: Pick<DecodedImagesSettings, "folder" | "limitBytes" | "report"> | undefined;
}

export interface Input {
  readonly source: ExampleSource;
  readonly decoded: DecodedImages | undefined;
  /** Number of batches to prepare ahead. */
  readonly ahead: number;
}

/** One thread for the engine, the others for its images; more than four are rarely busy. */
export function defaultWorkers(): number {
  return jobWorkers(1);
}

/** The same for each of several concurrent runs, whose engines take one thread each. */
export function jobWorkers(jobs: number): number {
  return Math.min(4, Math.max(1, Math.floor(availableParallelism() / jobs) - 1));
}

/**
 * Starts a run's input pipeline. Images that the run sees more than once are decoded first, unless they already are or
 * exceed the limit.
 *
 * @param imagesSeen total number of images that the run will see, including repeats
 */
export async function openInput(
  dataset: DetectionDataset,
  settings: ExampleSettings,
  imagesSeen: number,
  { workers, cache }: InputOptions,
): Promise<Input> {
  const source = workers > 0 ? new ExampleThreads(settings, workers) : new ExampleMaker(settings);
  try {
    const decoded =
      cache && imagesSeen > dataset.images.length
        ? await decodedImages(dataset, {
            ...cache,
            decode: (image) => source.decode(image),
            concurrency: Math.max(4, workers * 4),
          })
        : undefined;
    return { source, decoded, ahead: workers + 1 };
  } catch (error) {
    await source.close();
    throw error;
  }
}
