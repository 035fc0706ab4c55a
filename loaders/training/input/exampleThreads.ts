import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Piscina } from "piscina";
import type { DatasetImage } from "../../datasets/dataset.js";
import type { RgbImage } from "../../datasets/image.js";
import type { PixelSource } from "../../datasets/pixelSource.js";
import type { ExampleRequest, ExampleSource } from "./exampleMaker.js";
import type { Example, ExampleSettings } from "./examples.js";

/** Settings that each thread starts with. */
export interface ThreadSettings {
  readonly examples: ExampleSettings;
  readonly memoryBytes: number;
}

/** An image as sent to a thread. */
export type ThreadImage = Omit<DatasetImage, "open" | "source"> & { readonly source: PixelSource };

export type ThreadTask =
  | { readonly kind: "decode"; readonly image: ThreadImage }
  | {
      readonly kind: "examples";
      readonly requests: readonly (Omit<ExampleRequest, "image"> & { readonly image: ThreadImage })[];
    };

/** For all threads together, for images that no file stores. */
const memoryBytes = 2 * 2 ** 30;

/** Makes examples in worker threads, so the engine does not wait for them. */
export class ExampleThreads implements ExampleSource {
  private readonly pool: Piscina<ThreadTask>;
  private readonly running = new Set<Promise<unknown>>();
  private closed = false;

  constructor(settings: ExampleSettings, threads: number) {
    const workerData: ThreadSettings = { examples: settings, memoryBytes: memoryBytes / threads };
    // The TypeScript loader is not inherited by threads.
    const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
    this.pool = new Piscina({
      filename: fileURLToPath(new URL("exampleWorker.ts", import.meta.url)),
      execArgv: ["--import", loader],
      minThreads: threads,
      maxThreads: threads,
      // Tasks are queued in the thread: this one may be busy computing for seconds.
      concurrentTasksPerWorker: 4,
      workerData,
    });
  }

  examples(requests: readonly ExampleRequest[]): Promise<Example[]> {
    const sent = requests.map((request) => ({ ...request, image: sendable(request.image) }));
    return this.run({ kind: "examples", requests: sent });
  }

  decode(image: DatasetImage): Promise<RgbImage> {
    return this.run({ kind: "decode", image: sendable(image) });
  }

  /** Waits for the few running tasks: destroying a pool while it is answering fails. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.running);
    await this.pool.destroy();
  }

  private async run<T>(task: ThreadTask): Promise<T> {
    // A destroyed pool would start again.
    if (this.closed) throw new Error("The threads that make examples have been closed.");
    const outcome: Promise<T> = this.pool.run(task);
    this.running.add(outcome);
    try {
      return await outcome;
    } finally {
      this.running.delete(outcome);
    }
  }
}

/** @throws Error naming an image that only this thread can open */
function sendable({ open: _, source, ...image }: DatasetImage): ThreadImage {
  if (source === undefined) {
    throw new Error(`${image.fileName} cannot be opened in another thread; give --workers 0.`);
  }
  return { ...image, source };
}
