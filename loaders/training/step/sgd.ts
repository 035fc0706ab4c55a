import * as tf from "@tensorflow/tfjs-core";
import * as v from "valibot";
import { fraction, nonNegative } from "../../../src/architecture/model/numbers.js";
import type { Slots, Update } from "./optimiserState.js";

export const sgdSchema = v.strictObject({
  kind: v.literal("sgd"),
  momentum: v.optional(fraction, 0.9),
  nesterov: v.optional(v.boolean(), false),
  /** L2 regularisation: added to the gradient of kernels, times the kernel (the paper's 4e-5). */
  weightDecay: v.optional(nonNegative, 0),
});

/** Stochastic gradient descent with momentum. @param rate the learning rate */
export function sgd(
  { momentum, nesterov, weightDecay }: v.InferOutput<typeof sgdSchema>,
  parameters: tf.Tensor1D,
  gradient: tf.Tensor1D,
  slots: Slots,
  decayMask: tf.Tensor1D,
  rate: tf.Tensor1D,
): Update {
  const decayed =
    weightDecay > 0 ? tf.add(gradient, tf.mul(tf.mul(parameters, decayMask), weightDecay)) : gradient;
  const velocity = tf.add<tf.Tensor1D>(tf.mul(slots.get("momentum")!, momentum), decayed);
  const direction = nesterov ? tf.add(decayed, tf.mul(velocity, momentum)) : velocity;
  return {
    parameters: tf.sub(parameters, tf.mul(direction, rate)),
    slots: new Map([["momentum", velocity]]),
  };
}
