import * as tf from "@tensorflow/tfjs-core";
import { type TensorValues, tensorOfValues } from "./tensorValues.js";

/** A forward pass on batches of images, kept ready on an engine. */
export interface Pass {
  /**
   * @param images `[batch, height, width, 3]`, normalised.
   * @returns The values of each result.
   */
  run(images: TensorValues): Promise<Float32Array[]>;
  dispose(): void;
}

/** Makes a pass of `compute`, which works with tensors alone and reads none of their values. */
export type CreatePass = (compute: (images: tf.Tensor4D) => readonly tf.Tensor[]) => Pass;

/** A pass that asks the active engine for one operation at a time. */
export const eagerPass: CreatePass = (compute) => ({
  async run(images) {
    const results = tf.tidy(() => [...compute(tensorOfValues(images) as tf.Tensor4D)]);
    const values = await Promise.all(results.map((result) => result.data<"float32">()));
    tf.dispose(results);
    return values;
  },
  dispose() {},
});
