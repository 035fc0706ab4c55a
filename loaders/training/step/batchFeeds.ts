import { lossTargetsBy, lossTargetsOf } from "../../../src/detection/loss/lossTargets.js";
import type { TensorValues } from "../../../src/network/tensorValues.js";
import type { Example } from "../input/examples.js";

/** What a batch's feeds depend on in the network. */
interface BatchShape {
  readonly inputSize: readonly [number, number];
  readonly anchors: Float32Array;
  readonly classes: number;
}

/** The feeds of a step for one batch: its images and the targets of the loss. */
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
