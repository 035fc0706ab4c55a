// Runs in the worker threads of exampleThreads.ts.
import { workerData } from "node:worker_threads";
import { move, transferableSymbol, valueSymbol } from "piscina";
import type { RgbImage } from "../../datasets/image.js";
import { openPixels } from "../../datasets/pixelSource.js";
import { ExampleMaker } from "./exampleMaker.js";
import type { Example } from "./examples.js";
import type { ThreadImage, ThreadSettings, ThreadTask } from "./exampleThreads.js";

const settings: ThreadSettings = workerData;
const maker = new ExampleMaker(settings.examples, settings.memoryBytes);

export default async function run(task: ThreadTask): Promise<unknown> {
  if (task.kind === "decode") {
    const image = await openPixels(task.image.source);
    return transferred(image, [image.data]);
  }
  const examples = await maker.examples(
    task.requests.map((request) => ({ ...request, image: opening(request.image) })),
  );
  return transferred(examples, examples.flatMap(arraysOf));
}

function opening(image: ThreadImage) {
  return { ...image, open: () => openPixels(image.source) };
}

function arraysOf({ pixels, targets }: Example): (Float32Array | Int32Array)[] {
  return [pixels, targets.classTargets, targets.positives, targets.boxTargets];
}

/** Transfers the arrays to the main thread instead of copying them. */
function transferred(
  value: RgbImage | Example[],
  arrays: readonly (Uint8Array | Float32Array | Int32Array)[],
) {
  const buffers = [...new Set(arrays.map(({ buffer }) => buffer))];
  return move({
    get [transferableSymbol]() {
      return buffers;
    },
    get [valueSymbol]() {
      return value;
    },
  });
}
