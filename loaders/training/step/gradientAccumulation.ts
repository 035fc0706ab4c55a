import type { Example } from "../input/examples.js";

/** A step's examples in batches of `size`, in their order; the last may be smaller. */
export function batchesOf(examples: readonly Example[], size: number): (readonly Example[])[] {
  return Array.from({ length: Math.ceil(examples.length / size) }, (_, index) =>
    examples.slice(index * size, (index + 1) * size),
  );
}

/**
 * By how much a batch of a step of several counts in the step's gradient, statistics and losses, in this order, so
 * that they add up to what one batch of all examples would give. A batch's loss is a sum over its anchors, divided by
 * its positive ones + 1 (`detectionLoss`), so the mean over batches would weigh an object more where there are few of
 * them: each batch counts by its share (its positives + 1) / (all positives + 1), which puts all positives + 1 under
 * every sum.
 *
 * Batch norm is the one difference to a large batch: each batch is normalised by its own statistics, and those of the
 * step are their mean, by which the moving averages move once a step.
 */
export function batchWeights(batch: readonly Example[], all: readonly Example[]): Float32Array {
  const share = (positivesOf(batch) + 1) / (positivesOf(all) + 1);
  return Float32Array.of(share, batch.length / all.length, share);
}

function positivesOf(examples: readonly Example[]): number {
  return examples.reduce((sum, { targets }) => sum + targets.positives.length, 0);
}
