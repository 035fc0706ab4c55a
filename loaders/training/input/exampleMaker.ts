import { type FileHandle, open } from "node:fs/promises";
import { LRUCache } from "lru-cache";
import type { DatasetImage } from "../../datasets/dataset.js";
import { readDecoded } from "../../datasets/decodedImages.js";
import type { RgbImage } from "../../datasets/image.js";
import { type Example, type ExampleSettings, exampleOf } from "./examples.js";

/** Where an image's pixels start in a file of decoded images. */
interface StoredPixels {
  readonly file: string;
  readonly offset: number;
}

/** An image and its position in the run, all that its example depends on. */
export interface ExampleRequest {
  readonly image: DatasetImage;
  readonly position: number;
  readonly seed: number;
  /** Where its decoded pixels are stored, if they are. */
  readonly stored?: StoredPixels | undefined;
}

/** Makes examples, in this thread or in worker threads. */
export interface ExampleSource {
  examples(requests: readonly ExampleRequest[]): Promise<Example[]>;
  decode(image: DatasetImage): Promise<RgbImage>;
  close(): Promise<void>;
}

/** Makes examples in its own thread. */
export class ExampleMaker implements ExampleSource {
  private readonly cache: LRUCache<number, RgbImage, DatasetImage>;
  private readonly handles = new Map<string, Promise<FileHandle>>();

  /** @param memoryBytes limit for decoded images in memory, for those that no file stores */
  constructor(
    private readonly settings: ExampleSettings,
    memoryBytes = 2 * 2 ** 30,
  ) {
    this.cache = new LRUCache({
      maxSize: Math.floor(memoryBytes),
      sizeCalculation: ({ data }) => data.length,
      fetchMethod: (_id, _stale, { context }) => this.decode(context),
    });
  }

  examples(requests: readonly ExampleRequest[]): Promise<Example[]> {
    return Promise.all(
      requests.map(async ({ image, position, seed, stored }) =>
        exampleOf(image, await this.pixels(image, stored), position, { ...this.settings, seed }),
      ),
    );
  }

  decode(image: DatasetImage): Promise<RgbImage> {
    return image.open();
  }

  async close(): Promise<void> {
    const handles = [...this.handles.values()];
    this.handles.clear();
    for (const handle of handles) await (await handle).close();
  }

  private async pixels(image: DatasetImage, stored: StoredPixels | undefined): Promise<RgbImage> {
    if (!stored) return this.cache.forceFetch(image.id, { context: image });
    const handle = this.handles.get(stored.file) ?? open(stored.file);
    this.handles.set(stored.file, handle);
    return readDecoded(await handle, stored.offset, image);
  }
}
