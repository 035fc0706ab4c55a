import * as tf from "@tensorflow/tfjs-core";
import type { TensorValues } from "../../network/tensorValues.js";
import { ignored } from "../matcher.js";
import { paddedListOf } from "../paddedList.js";
import { scalarWithSlope } from "./scalarWithSlope.js";

export interface FocalSettings {
  /** Weight of the positive logits; the negative ones have 1 − alpha. */
  readonly alpha: number;
  /** How strongly well-classified logits are down-weighted; 0 leaves cross-entropy. */
  readonly gamma: number;
}

/** SpineNet's configurations; RetinaNet's paper has γ 2. */
export const spineNetFocal: FocalSettings = { alpha: 0.25, gamma: 1.5 };

/** What the focal loss compares logits with; `T` is a tensor, or a tensor's values. */
export interface FocalTargets<T> {
  /** [count], int32: indices of the positive logits among all logits, flattened. */
  readonly positives: T;
  /** [count]: 1, and 0 for padding. */
  readonly positiveWeights: T;
  /**
   * [batch · anchors, 1]: 0 for an ignored anchor, else 1. Where classes are not labelled in every image,
   * [batch · anchors, classes]: 0 also for the classes that are not labelled in the anchor's image.
   */
  readonly mask: T;
}

/**
 * Targets of a batch. `classTargets` holds batch · anchors class channels, −1 for background and −2 for an ignored
 * anchor.
 *
 * @param unlabelled Of each image, the class channels that are not labelled in it; absent where all of them are.
 */
export function focalTargetsOf(
  classTargets: Int32Array,
  classes: number,
  unlabelled?: readonly (readonly number[])[],
): FocalTargets<TensorValues> {
  const positives: number[] = [];
  classTargets.forEach((channel, anchor) => {
    if (channel >= 0) positives.push(anchor * classes + channel);
  });
  const { indices, weights } = paddedListOf(positives);
  return {
    positives: { shape: [indices.length], values: indices },
    positiveWeights: { shape: [indices.length], values: weights },
    mask: unlabelled ? classMask(classTargets, classes, unlabelled) : anchorMask(classTargets),
  };
}

function anchorMask(classTargets: Int32Array): TensorValues {
  const values = Float32Array.from(classTargets, (channel) => (channel === ignored ? 0 : 1));
  return { shape: [values.length, 1], values };
}

function classMask(
  classTargets: Int32Array,
  classes: number,
  unlabelled: readonly (readonly number[])[],
): TensorValues {
  const values = new Float32Array(classTargets.length * classes);
  const anchors = classTargets.length / unlabelled.length;
  unlabelled.forEach((channels, image) => {
    const row = new Float32Array(classes).fill(1);
    for (const channel of channels) row[channel] = 0;
    for (let anchor = image * anchors; anchor < (image + 1) * anchors; anchor++) {
      if (classTargets[anchor] !== ignored) values.set(row, anchor * classes);
    }
  });
  return { shape: [classTargets.length, classes], values };
}

/**
 * Sigmoid focal loss, summed over all logits (Lin et al., "Focal Loss for Dense Object Detection", eq. 5).
 * `logits` is [batch, anchors, classes].
 *
 * With u = x for a negative logit and u = −x for a positive one, the loss is a · σ(u)^γ · log(1 + e^u), which
 * never overflows. All logits are first treated as negative and the few positive ones corrected afterwards, which
 * avoids a one-hot tensor.
 */
export function focalLoss(
  logits: tf.Tensor,
  { positives, positiveWeights, mask }: FocalTargets<tf.Tensor>,
  { alpha, gamma }: FocalSettings = spineNetFocal,
): tf.Scalar {
  const classes = logits.shape.at(-1)!;
  if (mask.shape[0]! * classes !== logits.size) {
    throw new Error(
      `The focal loss needs ${logits.size / classes} class targets for logits of shape [${logits.shape}], not ${mask.shape[0]}.`,
    );
  }
  return scalarWithSlope(logits, (x) => {
    const all = tf.reshape(x, [-1, classes]);
    const negatives = lossAndSlope(all, gamma);
    const lossOfAll = tf.mul(negatives.loss, mask);
    const slopeOfAll = tf.mul(negatives.slope, mask);

    const chosen = tf.gather(tf.reshape(all, [-1]), positives as tf.Tensor1D);
    const taken = lossAndSlope(chosen, gamma);
    const due = lossAndSlope(tf.neg(chosen), gamma);
    const lossCorrection = tf.mul(
      tf.sub(tf.mul(due.loss, alpha), tf.mul(taken.loss, 1 - alpha)),
      positiveWeights,
    );
    const slopeCorrection = tf.mul(
      tf.add(tf.mul(due.slope, -alpha), tf.mul(taken.slope, alpha - 1)),
      positiveWeights,
    );
    const correction = tf.scatterND(tf.reshape(positives, [-1, 1]), slopeCorrection, [logits.size]);

    return {
      // Class by class first: one sum over millions of values loses a hundredth in float32 on wasm.
      value: tf.add<tf.Scalar>(tf.mul(tf.sum(tf.sum(lossOfAll, 1)), 1 - alpha), tf.sum(lossCorrection)),
      slope: tf.reshape(
        tf.add(tf.mul(slopeOfAll, 1 - alpha), tf.reshape(correction, all.shape)),
        logits.shape,
      ),
    };
  });
}

/** σ(u)^γ · log(1 + e^u), and its slope σ(u)^γ · (γ · (1 − σ(u)) · log(1 + e^u) + σ(u)). */
function lossAndSlope(u: tf.Tensor, gamma: number): { loss: tf.Tensor; slope: tf.Tensor } {
  const wrong = tf.sigmoid(u);
  const surprise = tf.softplus(u);
  const modulator = powerOf(wrong, gamma);
  return {
    loss: tf.mul(modulator, surprise),
    slope: tf.mul(modulator, tf.add(tf.mul(tf.sub(surprise, tf.mul(surprise, wrong)), gamma), wrong)),
  };
}

/** A general power costs several times a root and a product. */
function powerOf(x: tf.Tensor, exponent: number): tf.Tensor {
  if (exponent === 1.5) return tf.mul(x, tf.sqrt(x));
  if (exponent === 2) return tf.square(x);
  return tf.pow(x, exponent);
}
