import type * as tf from "@tensorflow/tfjs-core";
import * as v from "valibot";
import { adamW, adamWRates, adamWSchema } from "./adamW.js";
import type { Slots, Update } from "./optimiserState.js";
import { sgd, sgdSchema } from "./sgd.js";

export const optimiserSchema = v.variant("kind", [sgdSchema, adamWSchema]);

type OptimiserSettings = v.InferOutput<typeof optimiserSchema>;

export function slotNames(settings: OptimiserSettings): readonly string[] {
  return settings.kind === "sgd" ? ["momentum"] : ["first", "second"];
}

/**
 * What changes from step to step in {@link optimise}: the learning rate and, for AdamW, its bias corrections.
 *
 * @param step counted from 0
 */
export function ratesOf(settings: OptimiserSettings, rate: number, step: number): Float32Array {
  return settings.kind === "sgd" ? Float32Array.of(rate) : adamWRates(settings, rate, step);
}

/**
 * One optimiser step. It disposes of nothing.
 *
 * @param decayMask 1 where weight decay applies
 * @param rates from {@link ratesOf}
 */
export function optimise(
  settings: OptimiserSettings,
  parameters: tf.Tensor1D,
  gradient: tf.Tensor1D,
  slots: Slots,
  decayMask: tf.Tensor1D,
  rates: tf.Tensor1D,
): Update {
  return settings.kind === "sgd"
    ? sgd(settings, parameters, gradient, slots, decayMask, rates)
    : adamW(settings, parameters, gradient, slots, decayMask, rates);
}
