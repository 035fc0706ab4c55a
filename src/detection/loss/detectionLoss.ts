import * as tf from "@tensorflow/tfjs-core";
import { gatherRows } from "../gatherRows.js";
import { type FocalSettings, focalLoss, spineNetFocal } from "./focalLoss.js";
import { giouLoss } from "./giouLoss.js";
import { huberLoss } from "./huberLoss.js";
import type { LossTargets } from "./lossTargets.js";

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

/** A RetinaNet head's raw outputs. */
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
 * Loss of a batch, differentiable in the head's outputs. Both parts are sums over the batch divided by the positive
 * anchors of the whole batch + 1, as in the official code, where an image without objects neither divides by zero nor
 * weighs as much as a crowded one; Huber also by 4, the values of a box. It reads nothing but tensors, so that an
 * engine can record it. Call it within `tf.tidy` or a gradient function: it creates intermediate tensors.
 */
export function detectionLoss(
  { classLogits, boxCodes }: HeadOutputs,
  targets: LossTargets<tf.Tensor>,
  { focal, box }: LossSettings = spineNetLoss,
): DetectionLoss {
  const classLoss = tf.div<tf.Scalar>(focalLoss(classLogits, targets, focal), targets.normaliser);
  const codes = gatherRows(tf.reshape(boxCodes, [-1, 4]), targets.rows as tf.Tensor1D);
  const boxSum =
    box.kind === "huber"
      ? tf.div<tf.Scalar>(huberLoss(codes, targets.codes, targets.rowWeights, box.delta), 4)
      : giouLoss(
          codes,
          targets.anchors as tf.Tensor2D,
          targets.boxes as tf.Tensor2D,
          targets.rowWeights as tf.Tensor2D,
        );
  const boxLoss = tf.div<tf.Scalar>(boxSum, targets.normaliser);
  return { total: tf.add<tf.Scalar>(classLoss, tf.mul(boxLoss, box.weight)), classLoss, boxLoss };
}
