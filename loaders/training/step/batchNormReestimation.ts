import * as tf from "@tensorflow/tfjs-core";
import { type BatchStatistics, forwardTraining } from "../../../src/network/forward.js";
import type { Step } from "../../engine/steps/stepper.js";
import { concatenate, imagesIn, type TrainingContext } from "./forwardBackward.js";

/**
 * Adds the batch norm statistics of one batch to the sum in the state. Averaged over many batches, they replace the
 * moving averages of training, which can be far off with small batches. No sample is dropped and no parameter changes.
 */
export function reestimationStep({ plan, trainable }: TrainingContext): Step {
  return (feeds, state) => {
    const collected: BatchStatistics[] = [];
    forwardTraining(plan, trainable.split(state.get("parameters") as tf.Tensor1D), imagesIn(feeds), {
      onStatistics: (statistics) => collected.push(statistics),
      // A mask of the keep probability scales every branch by one.
      keepSamples: (batch, keepProbability) => tf.fill([batch], keepProbability),
    });
    return { outputs: [], state: new Map([["sum", tf.add(state.get("sum")!, concatenate(collected))]]) };
  };
}
