import * as tf from "@tensorflow/tfjs-core";

/** The average after one more value. @param decay the share of the old average that is kept */
export function exponentialMovingAverage(average: tf.Tensor, value: tf.Tensor, decay: number): tf.Tensor {
  return tf.add(tf.mul(average, decay), tf.mul(value, 1 - decay));
}
