import type * as tf from "@tensorflow/tfjs-core";

/** The vectors an optimiser keeps between steps, by name, each as long as the parameters; all zero at first. */
export type Slots = ReadonlyMap<string, tf.Tensor1D>;

export interface Update {
  readonly parameters: tf.Tensor1D;
  readonly slots: Slots;
}
