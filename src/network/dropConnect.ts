import * as tf from "@tensorflow/tfjs-core";

/** Which samples of a batch keep a block's branch at a keep probability: `[batch]`, 1 or 0 each. */
export type KeepSamples = (batch: number, keepProbability: number) => tf.Tensor1D;

/**
 * Drop connect while training (stochastic depth, Huang et al. 2016): each sample's whole input is zeroed with
 * probability `rate`. What is kept is scaled by 1 / (1 − rate), which leaves the expected branch as it is at inference.
 */
export function dropConnect(x: tf.Tensor4D, rate: number, keepSamples: KeepSamples): tf.Tensor4D {
  const [batch] = x.shape;
  const mask = tf.div(keepSamples(batch, 1 - rate), 1 - rate);
  return tf.mul(x, tf.reshape(mask, [batch, 1, 1, 1]));
}
