import * as tf from "@tensorflow/tfjs-core";
import { activationKinds } from "../architecture/layers/layer.js";
import { activate, activationGradient } from "./activation.js";
import { withGradient } from "./customGradient.js";

/**
 * Names of kernels that a backend may have to normalise in few passes. The first takes `{x, gamma, beta}`
 * and gives `[y, mean, variance, …]`; what follows the variance is its own business, and comes back to the
 * second as `saved0`, `saved1`, … beside `{x, dy, gamma, beta, mean, variance}`, which gives
 * `[dx, dgamma, dbeta]`. Both have the attributes `epsilon` and `activation`.
 */
export const batchNormKernel = "SpineNetBatchNorm";
export const batchNormGradientKernel = "SpineNetBatchNormGrad";

/** What follows batch norm at once: an activation, or nothing. */
export const normalisationKinds = ["none", ...activationKinds] as const;

export type NormalisationKind = (typeof normalisationKinds)[number];

interface BatchNormResult {
  /** Normalised, scaled, shifted and activated; the shape of `x`. */
  readonly y: tf.Tensor4D;
  /** The batch's mean, one value per channel. No gradient flows through it. */
  readonly mean: tf.Tensor1D;
  /** The batch's variance, the mean square distance from the mean. No gradient flows through it. */
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalisation by the batch's own statistics (Ioffe and Szegedy 2015, algorithm 1), and the
 * activation that follows it. The caller moves its running statistics by the returned ones.
 *
 * @param x `[batch, height, width, channels]`
 * @param gamma `[channels]`, the scale
 * @param beta `[channels]`, the shift
 */
export function batchNormTraining(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  activation: NormalisationKind,
): BatchNormResult {
  const statistics: tf.Tensor[] = [];
  const y = withGradient<tf.Tensor4D>(
    [x, gamma, beta],
    () => {
      const [value, mean, variance, ...saved] = normalise(x, gamma, beta, epsilon, activation);
      statistics.push(tf.keep(mean!), tf.keep(variance!));
      return { value: tf.reshape(value!, x.shape), saved: [x, gamma, beta, mean!, variance!, ...saved] };
    },
    (dy, saved) => gradients(dy, saved, epsilon, activation),
  );
  // A kept tensor outlives every tidy; its clone belongs to the caller's, as y does.
  const [mean, variance] = statistics.map((kept) => {
    const owned = tf.reshape<tf.Rank.R1>(kept, gamma.shape);
    kept.dispose();
    return owned;
  });
  return { y, mean: mean!, variance: variance! };
}

function normalise(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  activation: NormalisationKind,
): tf.Tensor[] {
  if (tf.getKernel(batchNormKernel, tf.getBackend())) {
    return tf.engine().runKernel(batchNormKernel, { x, gamma, beta }, { epsilon, activation });
  }
  const mean = tf.mean(x, [0, 1, 2]);
  const variance = tf.mean(tf.squaredDifference(x, mean), [0, 1, 2]);
  const z = scaled(x, gamma, beta, mean, tf.rsqrt(tf.add(variance, epsilon)));
  return [activation === "none" ? z : activate(z, activation), mean, variance];
}

function gradients(
  dy: tf.Tensor,
  saved: tf.Tensor[],
  epsilon: number,
  activation: NormalisationKind,
): tf.Tensor[] {
  const [x, gamma, beta, mean, variance, ...own] = saved;
  if (!x || !gamma || !beta || !mean || !variance)
    throw new Error("Batch norm's gradient lacks what was saved.");
  if (tf.getKernel(batchNormGradientKernel, tf.getBackend())) {
    const extra = own.map((tensor, index) => [`saved${index}`, tensor] as const);
    const inputs = { x, dy, gamma, beta, mean, variance, ...Object.fromEntries(extra) };
    return tf.engine().runKernel(batchNormGradientKernel, inputs, { epsilon, activation });
  }
  const inverseDeviation = tf.rsqrt(tf.add(variance, epsilon));
  const dz =
    activation === "none"
      ? dy
      : activationGradient(dy, scaled(x, gamma, beta, mean, inverseDeviation), activation);
  const count = x.size / gamma.size;
  const dbeta = tf.sum(dz, [0, 1, 2]);
  const dgamma = tf.mul(tf.sum(tf.mul(dz, tf.sub(x, mean)), [0, 1, 2]), inverseDeviation);
  // dx = scale (dz - mean(dz) - xhat mean(dz xhat)), gathered into dz scale + x slope + offset.
  const scale = tf.mul(gamma, inverseDeviation);
  const slope = tf.mul(tf.mul(scale, inverseDeviation), tf.div(dgamma, -count));
  const offset = tf.sub(tf.mul(scale, tf.div(dbeta, -count)), tf.mul(slope, mean));
  const dx = tf.add(tf.add(tf.mul(dz, scale), tf.mul(x, slope)), offset);
  return [dx, dgamma, dbeta];
}

/** gamma (x - mean) / deviation + beta, as one scale and one shift. */
function scaled(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  mean: tf.Tensor,
  inverseDeviation: tf.Tensor,
): tf.Tensor {
  const scale = tf.mul(gamma, inverseDeviation);
  return tf.add(tf.mul(x, scale), tf.sub(beta, tf.mul(mean, scale)));
}
