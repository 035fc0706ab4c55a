import * as tf from "@tensorflow/tfjs-core";
import * as v from "valibot";
import { fraction, nonNegative, positive } from "../../../src/architecture/model/numbers.js";
import type { Slots, Update } from "./optimiserState.js";

export const adamWSchema = v.strictObject({
  kind: v.literal("adamw"),
  beta1: v.optional(fraction, 0.9),
  beta2: v.optional(fraction, 0.999),
  epsilon: v.optional(positive, 1e-8),
  /** Subtracted from kernels directly, times the kernel and the learning rate. */
  weightDecay: v.optional(nonNegative, 0),
});

type AdamWSettings = v.InferOutput<typeof adamWSchema>;

/** Learning rate and decay of a step, counted from 0, with Adam's bias corrections. */
export function adamWRates({ beta1, beta2, weightDecay }: AdamWSettings, rate: number, step: number) {
  return Float32Array.of(
    rate / (1 - beta1 ** (step + 1)),
    1 / Math.sqrt(1 - beta2 ** (step + 1)),
    rate * weightDecay,
  );
}

/** Loshchilov and Hutter, "Decoupled weight decay regularization", algorithm 2. @param rates from `adamWRates` */
export function adamW(
  { beta1, beta2, epsilon, weightDecay }: AdamWSettings,
  parameters: tf.Tensor1D,
  gradient: tf.Tensor1D,
  slots: Slots,
  decayMask: tf.Tensor1D,
  rates: tf.Tensor1D,
): Update {
  const [firstRate, secondRoot, decayRate] = tf.split(rates, 3);
  const first = tf.add<tf.Tensor1D>(tf.mul(slots.get("first")!, beta1), tf.mul(gradient, 1 - beta1));
  const second = tf.add<tf.Tensor1D>(
    tf.mul(slots.get("second")!, beta2),
    tf.mul(tf.square(gradient), 1 - beta2),
  );
  const denominator = tf.add(tf.mul(tf.sqrt(second), secondRoot!), epsilon);
  const stepped = tf.sub<tf.Tensor1D>(parameters, tf.mul(tf.div(first, denominator), firstRate!));
  return {
    parameters:
      weightDecay > 0 ? tf.sub(stepped, tf.mul(tf.mul(parameters, decayMask), decayRate!)) : stepped,
    slots: new Map([
      ["first", first],
      ["second", second],
    ]),
  };
}
