import * as tf from "@tensorflow/tfjs-core";
import { withGradient } from "../network/customGradient.js";

/**
 * The rows of `values` [rows, n] at `indices` [count], int32: [count, n]. Its gradient scatters: tfjs
 * differentiates `tf.gather` through a segment sum, for which the wasm backend has no kernel.
 */
export function gatherRows(values: tf.Tensor2D, indices: tf.Tensor1D): tf.Tensor2D {
  const shape = values.shape;
  return withGradient<tf.Tensor2D>(
    [values],
    () => ({ value: tf.gather(values, indices), saved: [indices] }),
    (dy, [index]) => [tf.scatterND(tf.reshape(index!, [-1, 1]), dy, shape)],
  );
}
