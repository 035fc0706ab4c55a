import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Piscina } from "piscina";
import type { DatasetImage } from "../../datasets/dataset.js";
import type { RgbImage } from "../../datasets/image.js";
import type { PixelSource } from "../../datasets/pixelSource.js";
import type { ExampleRequest, ExampleSource } from "./exampleMaker.js";
import type { Example, ExampleSettings } from "./examples.js";

/** What every thread is told when it begins. */
export interface ThreadSettings {
  readonly examples: ExampleSettings;
  readonly memoryBytes: number;
}

/** An image as a thread is sent it. */
export type ThreadImage = Omit<DatasetImage, "open" | "source"> & { readonly source: PixelSource };

export type ThreadTask =
  | { readonly kind: "decode"; readonly image: ThreadImage }
  | {
      readonly kind: "examples";
      readonly requests: readonly (Omit<ExampleRequest, "image"> & { readonly image: ThreadImage })[];
    };

/** Of all threads together, for images that no file holds. */
const memoryBytes = 2 * 2 ** 30;

/** Makes examples in threads of their own, so that the engine need not wait for them. */
export class ExampleThreads implements ExampleSource {
  private readonly pool: Piscina<ThreadTask>;
  private readonly running = new Set<Promise<unknown>>();
  private closed = false;

  constructor(settings: ExampleSettings, threads: number) {
    const workerData: ThreadSettings = { examples: settings, memoryBytes: memoryBytes / threads };
    // What runs TypeScript here does not reach into threads by itself.
    const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
    this.pool = new Piscina({
      filename: fileURLToPath(new URL("exampleWorker.ts", import.meta.url)),
      execArgv: ["--import", loader],
      minThreads: threads,
      maxThreads: threads,
      // A thread must find its next task without asking: this one may be computing for seconds on end.
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

  /** Waits for what is being made, which is little: a pool that is taken down with answers on the way fails. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.running);
    await this.pool.destroy();
  }

  private async run<T>(task: ThreadTask): Promise<T> {
    // The pool would begin anew.
    if (this.closed) throw new Error("The threads that make examples were closed.");
    const outcome: Promise<T> = this.pool.run(task);
    this.running.add(outcome);
    try {
      return await outcome;
    } finally {
      this.running.delete(outcome);
    }
  }
}

/** @throws Error naming the image that only this thread can open. */
function sendable({ open: _, source, ...image }: DatasetImage): ThreadImage {
  if (source === undefined) {
    throw new Error(`${image.fileName} cannot be opened in another thread; give --workers 0.`);
  }
  return { ...image, source };
}
