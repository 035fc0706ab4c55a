import * as tf from "@tensorflow/tfjs-core";
import type { Graph } from "../../../src/architecture/layers/layersOf.js";
import type { Model } from "../../../src/architecture/model/model.js";
import { type DetectionLoss, detectionLoss } from "../../../src/detection/detectionLoss.js";
import { headOutputsOf } from "../../../src/detection/headOutputs.js";
import { lossTargetsBy } from "../../../src/detection/lossTargets.js";
import { type BatchStatistics, forwardTraining } from "../../../src/network/forward.js";
import type { Plan } from "../../../src/network/plan.js";
import type { NamedTensors, Step } from "../../engine/stepper.js";
import type { Study } from "../study.js";
import type { FlatLayout } from "./flatParameters.js";
import { clipByNorm, normOf, optimise, slotNames } from "./optimiser.js";

/** What the steps of a run have in common. */
export interface TrainingContext {
  readonly study: Study;
  readonly model: Model;
  readonly graph: Graph;
  readonly plan: Plan;
  readonly trainable: FlatLayout;
}

/** What a pass over a batch gives, forward and back. */
interface Pass {
  readonly gradient: tf.Tensor;
  /** Of batch norm, in the order of their layout. */
  readonly statistics: tf.Tensor;
  /** [3]: the loss, its class part and its box part. */
  readonly losses: tf.Tensor;
}

/** The parts of a pass, as the state holds their sums over the batches of a step. */
export const passParts = ["gradient", "statistics", "losses"] as const;

/** Name of the state's tensor that holds a sum over the batches of a step. */
export const sumName = (part: keyof Pass): string => `sum/${part}`;

export type TrainingStepKind = "only" | "first" | "further" | "last";

/**
 * The kinds of passes of a training run. A step of one batch is `only`; of several, `first`, then `further` ones, and
 * `last`. Each differentiates the loss of its batch. `only` and `last` then move the parameters and batch norm's
 * statistics, and give one vector: the loss, its class part, its box part, and the gradient's length before it is
 * clipped.
 *
 * Feeds: those of `batchFeeds`; `kept` [drop-connect layers, batch], where the network has such layers; `weights` [3],
 * by which a batch of several counts in gradient, statistics and losses; and `rates` (`ratesOf`), where parameters move.
 */
export function trainingSteps(context: TrainingContext): Record<TrainingStepKind, Step> {
  return {
    only: (feeds, state) => moved(context, passOver(context, feeds, state), feeds, state),
    first: (feeds, state) => ({
      outputs: [],
      state: sums(weighted(passOver(context, feeds, state), feeds)),
    }),
    further: (feeds, state) => ({
      outputs: [],
      state: sums(added(state, weighted(passOver(context, feeds, state), feeds))),
    }),
    last: (feeds, state) =>
      moved(context, added(state, weighted(passOver(context, feeds, state), feeds)), feeds, state),
  };
}

/** Batch norm's statistics as one batch shows them, added to what the state holds; nothing is dropped or moved. */
export function statisticsStep({ plan, trainable }: TrainingContext): Step {
  return (feeds, state) => {
    const collected: BatchStatistics[] = [];
    forwardTraining(plan, trainable.split(state.get("parameters") as tf.Tensor1D), imagesIn(feeds), {
      onStatistics: (statistics) => collected.push(statistics),
      // The network is measured whole: a mask of the keep probability scales a branch by one.
      keepSamples: (batch, keepProbability) => tf.fill([batch], keepProbability),
    });
    return { outputs: [], state: new Map([["sum", tf.add(state.get("sum")!, joined(collected))]]) };
  };
}

function passOver(
  { study, model, graph, plan, trainable }: TrainingContext,
  feeds: NamedTensors,
  state: NamedTensors,
): Pass {
  const targets = lossTargetsBy((name) => feeds.get(name)!);
  const kept = feeds.get("kept");
  const masks = kept ? tf.unstack(kept) : [];
  const parts: { statistics: tf.Tensor1D; losses: DetectionLoss }[] = [];
  const lossOf = (flat: tf.Tensor): tf.Scalar => {
    const collected: BatchStatistics[] = [];
    let dropped = 0;
    const maps = forwardTraining(plan, trainable.split(flat as tf.Tensor1D), imagesIn(feeds), {
      onStatistics: (statistics) => collected.push(statistics),
      keepSamples: (batch) => tf.reshape(masks[dropped++]!, [batch]),
    });
    const outputs = headOutputsOf(maps, graph.outputs, model.classes);
    const losses = detectionLoss(outputs, targets, study.loss);
    // The gradient's own scope would end these before they are read.
    parts.push({ statistics: tf.keep(joined(collected)), losses });
    tf.keep(losses.classLoss);
    tf.keep(losses.boxLoss);
    return losses.total;
  };
  const { value, grad } = tf.valueAndGrad(lossOf)(state.get("parameters")!);
  const [{ statistics, losses }] = parts as [{ statistics: tf.Tensor1D; losses: DetectionLoss }];
  // Kept tensors are nobody's: what is made of them belongs to the step's own scope.
  const pass = {
    gradient: grad,
    statistics: tf.clone(statistics),
    losses: tf.stack([value, losses.classLoss, losses.boxLoss]),
  };
  tf.dispose([statistics, losses.classLoss, losses.boxLoss]);
  return pass;
}

/** Moves the parameters against the gradient, and batch norm's moving statistics towards the batch's. */
function moved(
  { study, model }: TrainingContext,
  { gradient, statistics, losses }: Pass,
  feeds: NamedTensors,
  state: NamedTensors,
): ReturnType<Step> {
  const vector = (name: string) => state.get(name) as tf.Tensor1D;
  const norm = normOf(gradient as tf.Tensor1D);
  const clipped =
    study.clip === undefined
      ? (gradient as tf.Tensor1D)
      : clipByNorm(gradient as tf.Tensor1D, study.clip, norm);
  const slots = new Map(slotNames(study.optimiser).map((name) => [name, vector(`slot/${name}`)]));
  const rates = feeds.get("rates") as tf.Tensor1D;
  const update = optimise(study.optimiser, vector("parameters"), clipped, slots, vector("decayMask"), rates);
  const { momentum } = model.batchNorm;
  const next = new Map<string, tf.Tensor>([
    ["parameters", update.parameters],
    ["statistics", tf.add(tf.mul(vector("statistics"), momentum), tf.mul(statistics, 1 - momentum))],
  ]);
  for (const [name, slot] of update.slots) next.set(`slot/${name}`, slot);
  if (study.averageDecay !== undefined) {
    const kept = tf.mul(vector("average"), study.averageDecay);
    next.set("average", tf.add(kept, tf.mul(update.parameters, 1 - study.averageDecay)));
  }
  return { outputs: [tf.concat([losses, tf.reshape(norm, [1])])], state: next };
}

function weighted(pass: Pass, feeds: NamedTensors): Pass {
  const [gradient, statistics, losses] = tf.split(feeds.get("weights")!, 3);
  return {
    gradient: tf.mul(pass.gradient, gradient!),
    statistics: tf.mul(pass.statistics, statistics!),
    losses: tf.mul(pass.losses, losses!),
  };
}

function added(state: NamedTensors, { gradient, statistics, losses }: Pass): Pass {
  return {
    gradient: tf.add(state.get(sumName("gradient"))!, gradient),
    statistics: tf.add(state.get(sumName("statistics"))!, statistics),
    losses: tf.add(state.get(sumName("losses"))!, losses),
  };
}

function sums(pass: Pass): NamedTensors {
  return new Map(passParts.map((part) => [sumName(part), pass[part]]));
}

/** In the order of the statistics' layout, which lists mean and variance of each batch norm in turn. */
function joined(collected: readonly BatchStatistics[]): tf.Tensor1D {
  return tf.concat1d(collected.flatMap(({ mean, variance }) => [mean, variance]));
}

function imagesIn(feeds: NamedTensors): tf.Tensor4D {
  return feeds.get("images") as tf.Tensor4D;
}
