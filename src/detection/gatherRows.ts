import * as tf from "@tensorflow/tfjs-core";

/**
 * The rows of `values` [rows, n] at `indices`, [indices.length, n]. Its gradient scatters: tfjs differentiates
 * `tf.gather` through a segment sum, for which the wasm backend has no kernel.
 */
export function gatherRows(values: tf.Tensor2D, indices: Int32Array): tf.Tensor2D {
  const shape = values.shape;
  const operation = tf.customGrad<tf.Tensor2D>(() => ({
    value: tf.gather(values, tf.tensor1d(indices, "int32")),
    gradFunc: (dy: tf.Tensor2D) =>
      tf.scatterND(tf.tensor2d(indices, [indices.length, 1], "int32"), dy, shape),
  }));
  return operation(values);
}
