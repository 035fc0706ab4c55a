import * as tf from "@tensorflow/tfjs-core";
import type { Graph } from "../../../src/architecture/layers/layersOf.js";
import type { Model } from "../../../src/architecture/model/model.js";
import { headOutputsOf } from "../../../src/detection/headOutputs.js";
import { type DetectionLoss, detectionLoss } from "../../../src/detection/loss/detectionLoss.js";
import { lossTargetsBy } from "../../../src/detection/loss/lossTargets.js";
import type { Plan } from "../../../src/network/executionPlan.js";
import { type BatchStatistics, forwardTraining } from "../../../src/network/forward.js";
import type { NamedTensors } from "../../engine/steps/stepper.js";
import type { Study } from "../study.js";
import type { FlatLayout } from "./flatParameters.js";

/** What the steps of a run share. */
export interface TrainingContext {
  readonly study: Study;
  readonly model: Model;
  readonly graph: Graph;
  readonly plan: Plan;
  readonly trainable: FlatLayout;
}

/** The result of one forward and backward pass over a batch. */
export interface BatchGradient {
  readonly gradient: tf.Tensor;
  /** Batch norm's statistics, in the order of their layout. */
  readonly statistics: tf.Tensor;
  /** [3]: the loss, its class part and its box part. */
  readonly losses: tf.Tensor;
}

/** Computes the loss of a batch and its gradient. */
export function forwardBackward(
  { study, model, graph, plan, trainable }: TrainingContext,
  feeds: NamedTensors,
  state: NamedTensors,
): BatchGradient {
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
    // The gradient's own scope would dispose of these before they are read.
    parts.push({ statistics: tf.keep(concatenate(collected)), losses });
    tf.keep(losses.classLoss);
    tf.keep(losses.boxLoss);
    return losses.total;
  };
  const { value, grad } = tf.valueAndGrad(lossOf)(state.get("parameters")!);
  const [{ statistics, losses }] = parts as [{ statistics: tf.Tensor1D; losses: DetectionLoss }];
  // Kept tensors belong to no scope; these copies belong to the step's.
  const result = {
    gradient: grad,
    statistics: tf.clone(statistics),
    losses: tf.stack([value, losses.classLoss, losses.boxLoss]),
  };
  tf.dispose([statistics, losses.classLoss, losses.boxLoss]);
  return result;
}

/** In the order of the statistics' layout, which lists mean and variance of each batch norm in turn. */
export function concatenate(collected: readonly BatchStatistics[]): tf.Tensor1D {
  return tf.concat1d(collected.flatMap(({ mean, variance }) => [mean, variance]));
}

export function imagesIn(feeds: NamedTensors): tf.Tensor4D {
  return feeds.get("images") as tf.Tensor4D;
}
