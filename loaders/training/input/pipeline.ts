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

/** How a run's images come to the engine. */
export interface InputOptions {
  /** Threads that make examples; with none the engine's own does. */
  readonly workers: number;
  /** Where decoded images are kept on the disk, and how much of it they may take; in memory alone when absent. */
  readonly cache?: Pick<DecodedImagesSettings, "folder" | "limitBytes" | "report"> | undefined;
}

export interface Input {
  readonly source: ExampleSource;
  readonly decoded: DecodedImages | undefined;
  /** How many batches shall be in the making at a time. */
  readonly ahead: number;
}

/** One thread for the engine, the others for its images; more than four hardly ever have enough to do. */
export function defaultWorkers(): number {
  return jobWorkers(1);
}

/** The same for each of several runs side by side, whose engines take a thread each. */
export function jobWorkers(jobs: number): number {
  return Math.min(4, Math.max(1, Math.floor(availableParallelism() / jobs) - 1));
}

/**
 * Starts what makes a run's examples. Images that the run sees more than once are decoded first, unless that was done
 * earlier or there is no room.
 *
 * @param imagesSeen How many the run will see in all, repeats included.
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
