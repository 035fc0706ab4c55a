import * as tf from "@tensorflow/tfjs-core";
import * as v from "valibot";

const share = v.pipe(v.number(), v.minValue(0), v.ltValue(1));
const decay = v.optional(v.pipe(v.number(), v.minValue(0)), 0);

export const optimiserSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("sgd"),
    momentum: v.optional(share, 0.9),
    nesterov: v.optional(v.boolean(), false),
    /** Added to the gradient of kernels, times the kernel (the paper's 4e-5). */
    weightDecay: decay,
  }),
  v.strictObject({
    kind: v.literal("adamw"),
    beta1: v.optional(share, 0.9),
    beta2: v.optional(share, 0.999),
    epsilon: v.optional(v.pipe(v.number(), v.gtValue(0)), 1e-8),
    /** Taken off kernels directly, times the learning rate. */
    weightDecay: decay,
  }),
]);

export type OptimiserSettings = v.InferOutput<typeof optimiserSchema>;

/** The vectors an optimiser keeps between steps, by name, each as long as the parameters; all zero at first. */
export type Slots = ReadonlyMap<string, tf.Tensor1D>;

export function slotNames(settings: OptimiserSettings): readonly string[] {
  return settings.kind === "sgd" ? ["momentum"] : ["first", "second"];
}

export interface Update {
  readonly parameters: tf.Tensor1D;
  readonly slots: Map<string, tf.Tensor1D>;
}

/**
 * The numbers by which a step differs from the one before, for {@link optimise}: the learning rate, and for AdamW its
 * bias corrections too.
 *
 * @param step Counted from 0; Adam's bias correction needs it.
 */
export function ratesOf(settings: OptimiserSettings, rate: number, step: number): Float32Array {
  if (settings.kind === "sgd") return Float32Array.of(rate);
  const { beta1, beta2, weightDecay } = settings;
  return Float32Array.of(
    rate / (1 - beta1 ** (step + 1)),
    1 / Math.sqrt(1 - beta2 ** (step + 1)),
    rate * weightDecay,
  );
}

/**
 * One step. Nothing is disposed of here.
 *
 * @param decayMask 1 where weight decay applies.
 * @param rates As {@link ratesOf} gives them.
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
    ? stochasticGradientDescent(settings, parameters, gradient, slots, decayMask, rates)
    : adamW(settings, parameters, gradient, slots, decayMask, rates);
}

function stochasticGradientDescent(
  { momentum, nesterov, weightDecay }: Extract<OptimiserSettings, { kind: "sgd" }>,
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

/** Loshchilov and Hutter, "Decoupled weight decay regularization", algorithm 2. */
function adamW(
  { beta1, beta2, epsilon, weightDecay }: Extract<OptimiserSettings, { kind: "adamw" }>,
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
  const moved = tf.sub<tf.Tensor1D>(parameters, tf.mul(tf.div(first, denominator), firstRate!));
  return {
    parameters: weightDecay > 0 ? tf.sub(moved, tf.mul(tf.mul(parameters, decayMask), decayRate!)) : moved,
    slots: new Map([
      ["first", first],
      ["second", second],
    ]),
  };
}

/** The gradient's length. */
export function normOf(gradient: tf.Tensor1D): tf.Scalar {
  return tf.sqrt(sumOf(tf.square(gradient)));
}

/** The gradient, scaled down where its length is over `limit`. */
export function clipByNorm(gradient: tf.Tensor1D, limit: number, norm = normOf(gradient)): tf.Tensor1D {
  return tf.mul<tf.Tensor1D>(gradient, tf.minimum(1, tf.div(limit, tf.maximum(norm, 1e-12))));
}

/** In rows first: on wasm one running float32 sum over millions of values loses a hundredth. */
function sumOf(values: tf.Tensor1D): tf.Scalar {
  const row = 1024;
  const missing = (row - (values.size % row)) % row;
  return tf.sum(tf.sum(tf.reshape(tf.pad(values, [[0, missing]]), [-1, row]), 1));
}
