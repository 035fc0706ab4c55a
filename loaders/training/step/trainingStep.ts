import * as tf from "@tensorflow/tfjs-core";
import type { NamedTensors, Step } from "../../engine/steps/stepper.js";
import { exponentialMovingAverage } from "./exponentialMovingAverage.js";
import { type BatchGradient, forwardBackward, type TrainingContext } from "./forwardBackward.js";
import { accumulate, scaleBy, sumsOf } from "./gradientAccumulation.js";
import { clipByNorm, normOf } from "./gradientClipping.js";
import { optimise, slotNames } from "./optimiser.js";

export type TrainingStepKind = "only" | "first" | "further" | "last";

/**
 * The parts of a training step, one per batch. A step of a single batch is `only`; one of several is `first`, then
 * `further` ones, then `last`. `only` and `last` update the parameters and output one vector: the loss, its class part,
 * its box part, and the gradient's norm before clipping.
 *
 * Feeds: those of `batchFeeds`; `kept` [drop-connect layers, batch], if the network has such layers; `weights` [3], of
 * one batch among several (`batchWeights`); and `rates` (`ratesOf`), where parameters are updated.
 */
export function trainingSteps(context: TrainingContext): Record<TrainingStepKind, Step> {
  const scaled = (feeds: NamedTensors, state: NamedTensors) =>
    scaleBy(feeds.get("weights")!, forwardBackward(context, feeds, state));
  return {
    only: (feeds, state) => applyUpdate(context, forwardBackward(context, feeds, state), feeds, state),
    first: (feeds, state) => ({ outputs: [], state: sumsOf(scaled(feeds, state)) }),
    further: (feeds, state) => ({ outputs: [], state: sumsOf(accumulate(state, scaled(feeds, state))) }),
    last: (feeds, state) => applyUpdate(context, accumulate(state, scaled(feeds, state)), feeds, state),
  };
}

/** Clips the gradient, lets the optimiser update the parameters, and updates all moving averages. */
function applyUpdate(
  { study, model }: TrainingContext,
  { gradient, statistics, losses }: BatchGradient,
  feeds: NamedTensors,
  state: NamedTensors,
): ReturnType<Step> {
  const vector = (name: string) => state.get(name) as tf.Tensor1D;
  const whole = gradient as tf.Tensor1D;
  const norm = normOf(whole);
  const clipped = study.clip === undefined ? whole : clipByNorm(whole, study.clip, norm);
  const slots = new Map(slotNames(study.optimiser).map((name) => [name, vector(`slot/${name}`)]));
  const rates = feeds.get("rates") as tf.Tensor1D;
  const update = optimise(study.optimiser, vector("parameters"), clipped, slots, vector("decayMask"), rates);
  const next = new Map<string, tf.Tensor>([
    ["parameters", update.parameters],
    ["statistics", exponentialMovingAverage(vector("statistics"), statistics, model.batchNorm.momentum)],
  ]);
  for (const [name, slot] of update.slots) next.set(`slot/${name}`, slot);
  if (study.averageDecay !== undefined) {
    next.set("average", exponentialMovingAverage(vector("average"), update.parameters, study.averageDecay));
  }
  return { outputs: [tf.concat([losses, tf.reshape(norm, [1])])], state: next };
}
