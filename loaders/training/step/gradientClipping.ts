import * as tf from "@tensorflow/tfjs-core";

/** The L2 norm of a gradient. */
export function normOf(gradient: tf.Tensor1D): tf.Scalar {
  return tf.sqrt(sumOf(tf.square(gradient)));
}

/** The gradient, scaled down if its norm is above `limit`. */
export function clipByNorm(gradient: tf.Tensor1D, limit: number, norm = normOf(gradient)): tf.Tensor1D {
  return tf.mul<tf.Tensor1D>(gradient, tf.minimum(1, tf.div(limit, tf.maximum(norm, 1e-12))));
}

/** Sums rows first: on wasm a single running float32 sum over millions of values is off by a percent. */
function sumOf(values: tf.Tensor1D): tf.Scalar {
  const row = 1024;
  const missing = (row - (values.size % row)) % row;
  return tf.sum(tf.sum(tf.reshape(tf.pad(values, [[0, missing]]), [-1, row]), 1));
}
