import type { DetectionDataset } from "../datasets/dataset.js";
import { ImageCache } from "../datasets/imageCache.js";
import { type Example, type ExampleSettings, exampleOf, imageOrder } from "./examples.js";

/** Batches of a run, by the number of their step, the next one in the making while the current one is computed. */
export class Batches {
  private readonly cache = new ImageCache();
  private readonly order: (position: number) => number;
  private ahead: { step: number; examples: Promise<Example[]> } | undefined;

  constructor(
    private readonly dataset: DetectionDataset,
    private readonly settings: ExampleSettings,
    private readonly size: number,
  ) {
    this.order = imageOrder(dataset, settings.seed);
  }

  async at(step: number): Promise<Example[]> {
    const examples = await (this.ahead?.step === step ? this.ahead.examples : this.make(step));
    const next = this.make(step + 1);
    // Its error is met when the batch is asked for; until then it must not end the process.
    next.catch(() => {});
    this.ahead = { step: step + 1, examples: next };
    return examples;
  }

  private make(step: number): Promise<Example[]> {
    const positions = Array.from({ length: this.size }, (_, index) => step * this.size + index);
    // The order keeps one shuffle at a time, so positions are looked up before anything waits.
    const images = positions.map((position) => this.dataset.images[this.order(position)]!);
    return Promise.all(
      images.map(async (image, index) =>
        exampleOf(image, await this.cache.get(image), positions[index]!, this.settings),
      ),
    );
  }
}
