import * as tf from "@tensorflow/tfjs-core";
import type { DetectionLoss } from "../../src/detection/detectionLoss.js";
import type { Example } from "./examples.js";

/** What a pass over a batch gives, forward and back. */
export interface Pass {
  readonly gradient: tf.Tensor1D;
  /** Of batch norm, in the order of their layout. */
  readonly statistics: tf.Tensor1D;
  readonly losses: DetectionLoss;
}

/** A step's examples in batches of `size`, in their order; the last may be smaller. */
export function batchesOf(examples: readonly Example[], size: number): (readonly Example[])[] {
  return Array.from({ length: Math.ceil(examples.length / size) }, (_, index) =>
    examples.slice(index * size, (index + 1) * size),
  );
}

/**
 * Passes over the batches of one step, one after another, and adds up what they give as one batch of all examples
 * would give it. A batch's loss is a sum over its anchors, divided by its positive ones + 1 ({@link detectionLoss}),
 * so the mean over batches would weigh an object more where there are few of them: each batch counts by its share
 * (its positives + 1) / (all positives + 1), which puts all positives + 1 under every sum.
 *
 * Batch norm is the one difference to a large batch: each batch is normalised by its own statistics, and those of the
 * step are their mean, by which the moving averages move once a step.
 *
 * @param passOf What a batch gives, by its index in the step; called in order, within `tf.tidy`.
 */
export function accumulate(
  batches: readonly (readonly Example[])[],
  passOf: (examples: readonly Example[], index: number) => Pass,
): Pass {
  const [only] = batches;
  if (batches.length === 1) return passOf(only!, 0);
  const examples = batches.flat();
  const positives = positivesOf(examples);
  let sum: Terms | undefined;
  batches.forEach((batch, index) => {
    const share = (positivesOf(batch) + 1) / (positives + 1);
    const samples = batch.length / examples.length;
    const before = sum;
    // What a pass makes on its way must be gone before the next: memory for one batch is the point.
    sum = tf.tidy((): Terms => {
      const { gradient, statistics, losses } = passOf(batch, index);
      const { total, classLoss, boxLoss } = losses;
      const term = <T extends tf.Tensor>(tensor: T, weight: number, place: 0 | 1 | 2 | 3 | 4): T => {
        const weighted = tf.mul<T>(tensor, weight);
        return before ? tf.add<T>(before[place], weighted) : weighted;
      };
      return [
        term(gradient, share, 0),
        term(statistics, samples, 1),
        term(total, share, 2),
        term(classLoss, share, 3),
        term(boxLoss, share, 4),
      ];
    });
    tf.dispose(before ?? []);
  });
  const [gradient, statistics, total, classLoss, boxLoss] = sum!;
  return { gradient, statistics, losses: { total, classLoss, boxLoss } };
}

/** Gradient, statistics, and the loss with its parts: a pass as `tf.tidy` can return it. */
type Terms = [tf.Tensor1D, tf.Tensor1D, tf.Scalar, tf.Scalar, tf.Scalar];

function positivesOf(examples: readonly Example[]): number {
  return examples.reduce((sum, { targets }) => sum + targets.positives.length, 0);
}
