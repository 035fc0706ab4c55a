import * as tf from "@tensorflow/tfjs-core";
import { scalarWithSlope } from "./scalarWithSlope.js";

/**
 * Huber loss summed over the values of `predictions` [rows, n] against `targets` of the same shape, each row
 * weighted by `weights` [rows, 1]: d²/2 up to |d| = delta, and delta · (|d| − delta/2) beyond.
 */
export function huberLoss(
  predictions: tf.Tensor,
  targets: tf.Tensor,
  weights: tf.Tensor,
  delta: number,
): tf.Scalar {
  return scalarWithSlope(predictions, (x) => {
    const difference = tf.sub(x, targets);
    // With c the difference clipped to ±delta, both branches are c · (d − c/2), and the slope is c.
    const clipped = tf.clipByValue(difference, -delta, delta);
    const slope = tf.mul(clipped, weights);
    return {
      value: tf.sum<tf.Scalar>(tf.mul(slope, tf.sub(difference, tf.mul(clipped, 0.5)))),
      slope,
    };
  });
}
