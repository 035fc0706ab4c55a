import { lossTargetsBy, lossTargetsOf } from "../../../src/detection/lossTargets.js";
import type { TensorValues } from "../../../src/network/tensorValues.js";
import type { Example } from "../input/examples.js";

/** What a pass over a batch needs to know of the network. */
export interface BatchShape {
  readonly inputSize: readonly [number, number];
  readonly anchors: Float32Array;
  readonly classes: number;
}

/** A batch as a step is fed with it: the images, and what the loss compares the outputs with. */
export function batchFeeds(examples: readonly Example[], shape: BatchShape): Map<string, TensorValues> {
  const targets = lossTargetsOf(
    examples.map((example) => example.targets),
    shape.anchors,
    shape.classes,
  );
  const feeds = new Map<string, TensorValues>([["images", imagesOf(examples, shape.inputSize)]]);
  lossTargetsBy((name) => void feeds.set(name, targets[name]));
  return feeds;
}

/** `[batch, height, width, 3]` */
export function imagesOf(
  examples: readonly Example[],
  [height, width]: readonly [number, number],
): TensorValues {
  const size = height * width * 3;
  const values = new Float32Array(examples.length * size);
  examples.forEach(({ pixels }, index) => {
    values.set(pixels, index * size);
  });
  return { shape: [examples.length, height, width, 3], values };
}
