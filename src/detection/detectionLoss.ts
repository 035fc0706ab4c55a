import * as tf from "@tensorflow/tfjs-core";
import { encodeBoxes } from "./boxCoder.js";
import { type FocalSettings, focalLoss, spineNetFocal } from "./focalLoss.js";
import { gatherRows } from "./gatherRows.js";
import { giouLoss } from "./giouLoss.js";
import { huberLoss } from "./huberLoss.js";
import type { Boxes } from "./overlap.js";
import { paddedListOf } from "./paddedList.js";
import type { ImageTargets } from "./targets.js";

export interface LossSettings {
  readonly focal: FocalSettings;
  readonly box:
    | { readonly kind: "huber"; readonly delta: number; readonly weight: number }
    | { readonly kind: "giou"; readonly weight: number };
}

/** The official configurations of SpineNet with RetinaNet. */
export const spineNetLoss: LossSettings = {
  focal: spineNetFocal,
  box: { kind: "huber", delta: 0.1, weight: 50 },
};

/** What a RetinaNet's head gives while training. */
export interface HeadOutputs {
  /** [batch, anchors, classes] */
  readonly classLogits: tf.Tensor;
  /** [batch, anchors, 4], as (ty, tx, th, tw) */
  readonly boxCodes: tf.Tensor;
}

export interface DetectionLoss {
  /** classLoss + weight · boxLoss */
  readonly total: tf.Scalar;
  readonly classLoss: tf.Scalar;
  /** Before its weight. */
  readonly boxLoss: tf.Scalar;
}

/**
 * Loss of a batch, differentiable in the head's outputs; `targets` holds one entry an image. Both parts are
 * sums over the batch divided by the positive anchors of the whole batch + 1, as in the official code, where
 * an image without objects neither divides by zero nor weighs as much as a crowded one; Huber also by 4, the
 * values of a box. Call it within `tf.tidy` or a gradient function: it makes tensors of its own.
 */
export function detectionLoss(
  { classLogits, boxCodes }: HeadOutputs,
  targets: readonly ImageTargets[],
  anchors: Boxes,
  { focal, box }: LossSettings = spineNetLoss,
): DetectionLoss {
  const anchorCount = anchors.length / 4;
  const classTargets = new Int32Array(targets.length * anchorCount);
  const positives: number[] = [];
  targets.forEach((image, i) => {
    classTargets.set(image.classTargets, i * anchorCount);
    for (const anchor of image.positives) positives.push(i * anchorCount + anchor);
  });
  const normalizer = positives.length + 1;
  const classLoss = tf.div<tf.Scalar>(focalLoss(classLogits, classTargets, focal), normalizer);

  const { indices, weights } = paddedListOf(positives);
  const rows = indices.length;
  // The padding compares anchor 0 with itself, so that it is finite before its weight of 0 counts.
  const anchorRows = new Float32Array(rows * 4);
  indices.forEach((index, i) => {
    const offset = (index % anchorCount) * 4;
    anchorRows.set(anchors.subarray(offset, offset + 4), i * 4);
  });
  const boxRows = Float32Array.from(anchorRows);
  let offset = 0;
  for (const { boxTargets } of targets) {
    boxRows.set(boxTargets, offset);
    offset += boxTargets.length;
  }
  const codes = gatherRows(tf.reshape(boxCodes, [targets.length * anchorCount, 4]), indices);
  const weight = tf.tensor2d(weights, [rows, 1]);
  const boxSum =
    box.kind === "huber"
      ? tf.div<tf.Scalar>(
          huberLoss(codes, tf.tensor2d(encodeBoxes(boxRows, anchorRows), [rows, 4]), weight, box.delta),
          4,
        )
      : giouLoss(codes, tf.tensor2d(anchorRows, [rows, 4]), tf.tensor2d(boxRows, [rows, 4]), weight);
  const boxLoss = tf.div<tf.Scalar>(boxSum, normalizer);
  return { total: tf.add<tf.Scalar>(classLoss, tf.mul(boxLoss, box.weight)), classLoss, boxLoss };
}
