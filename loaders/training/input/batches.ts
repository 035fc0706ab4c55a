import type { DetectionDataset } from "../../datasets/dataset.js";
import type { DecodedImages } from "../../datasets/decodedImages.js";
import { ExampleMaker, type ExampleRequest, type ExampleSource } from "./exampleMaker.js";
import { type Example, type ExampleSettings, imageOrder } from "./examples.js";

interface BatchesOptions {
  /** Makes the examples; this thread by default. */
  readonly source?: ExampleSource;
  /** Decoded images on disk. */
  readonly decoded?: DecodedImages | undefined;
  /** Number of batches prepared ahead. */
  readonly ahead?: number;
  /** Steps of the run, after which nothing is prepared ahead. */
  readonly steps?: number;
}

/**
 * Batches of a run by step number, prepared ahead while the current one is computed. They depend only on the seed and
 * the step number, not on who makes them or on earlier steps.
 */
export class Batches {
  private readonly order: (position: number) => number;
  private readonly source: ExampleSource;
  private readonly making = new Map<number, Promise<Example[]>>();

  constructor(
    private readonly dataset: DetectionDataset,
    private readonly settings: ExampleSettings,
    private readonly size: number,
    private readonly options: BatchesOptions = {},
  ) {
    this.order = imageOrder(dataset, settings.seed);
    this.source = options.source ?? new ExampleMaker(settings);
  }

  async at(step: number): Promise<Example[]> {
    const { ahead = 1, steps = Number.POSITIVE_INFINITY } = this.options;
    for (const made of this.making.keys()) if (made < step || made > step + ahead) this.making.delete(made);
    for (let next = step; next <= step + ahead && (next < steps || next === step); next++) {
      if (this.making.has(next)) continue;
      const examples = this.make(next);
      // Its error is thrown when the batch is requested; until then it must not end the process.
      examples.catch(() => {});
      this.making.set(next, examples);
    }
    return this.making.get(step)!;
  }

  private async make(step: number): Promise<Example[]> {
    const { decoded } = this.options;
    // The order caches a single epoch, so positions are looked up before anything is awaited.
    const requests = Array.from({ length: this.size }, (_, place): ExampleRequest => {
      const position = step * this.size + place;
      const index = this.order(position);
      const stored = decoded && { file: decoded.file, offset: decoded.offsets[index]! };
      return { image: this.dataset.images[index]!, position, seed: this.settings.seed, stored };
    });
    return this.source.examples(requests);
  }
}
