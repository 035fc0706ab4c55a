import * as tf from "@tensorflow/tfjs-core";
import type { NamedTensors } from "../../engine/steps/stepper.js";
import type { Example } from "../input/examples.js";
import type { BatchGradient } from "./forwardBackward.js";

/** A step's examples in batches of `size`, in order; the last may be smaller. */
export function batchesOf(examples: readonly Example[], size: number): (readonly Example[])[] {
  return Array.from({ length: Math.ceil(examples.length / size) }, (_, index) =>
    examples.slice(index * size, (index + 1) * size),
  );
}

/**
 * The weights of one of a step's batches in the step's gradient, statistics and losses, in this order, such that their
 * sums equal those of one large batch. A batch's loss is a sum over its anchors, divided by its positives + 1
 * (`detectionLoss`), so a plain mean over batches would give more weight to objects in batches with few of them: each
 * batch is weighted by (its positives + 1) / (all positives + 1), which divides every sum by all positives + 1.
 *
 * Batch norm is the one difference from a large batch: each batch is normalised by its own statistics, and the step's
 * statistics are their mean, with which the moving averages are updated once per step.
 */
export function batchWeights(batch: readonly Example[], all: readonly Example[]): Float32Array {
  const share = (positivesOf(batch) + 1) / (positivesOf(all) + 1);
  return Float32Array.of(share, batch.length / all.length, share);
}

function positivesOf(examples: readonly Example[]): number {
  return examples.reduce((sum, { targets }) => sum + targets.positives.length, 0);
}

/** What is summed over the batches of a step. */
export const accumulatedParts = ["gradient", "statistics", "losses"] as const;

/** Name of the state's tensor that holds the sum of a part. */
export const sumName = (part: keyof BatchGradient): string => `sum/${part}`;

/** @param weights [3], from `batchWeights` */
export function scaleBy(weights: tf.Tensor, batch: BatchGradient): BatchGradient {
  const [gradient, statistics, losses] = tf.split(weights, 3);
  return {
    gradient: tf.mul(batch.gradient, gradient!),
    statistics: tf.mul(batch.statistics, statistics!),
    losses: tf.mul(batch.losses, losses!),
  };
}

/** The sums in the state plus one more batch. */
export function accumulate(state: NamedTensors, batch: BatchGradient): BatchGradient {
  const plus = (part: keyof BatchGradient) => tf.add(state.get(sumName(part))!, batch[part]);
  return { gradient: plus("gradient"), statistics: plus("statistics"), losses: plus("losses") };
}

/** The sums as the state holds them. */
export function sumsOf(batch: BatchGradient): NamedTensors {
  return new Map(accumulatedParts.map((part) => [sumName(part), batch[part]]));
}
