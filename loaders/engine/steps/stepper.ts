import type * as tf from "@tensorflow/tfjs-core";
import type { TensorValues } from "../../../src/network/tensorValues.js";

/** Tensors by the caller's names. */
export type NamedTensors = ReadonlyMap<string, tf.Tensor>;

/**
 * One kind of step of something with a state: from its feeds and its state to outputs and to the parts of the state
 * that change, under the same names. It works with tensors alone and reads none of their values, so that an engine can
 * record it once and then run it as a whole. What changes from step to step comes in through the feeds: a number written
 * into the computation stays what it was when it was recorded.
 */
export type Step = (
  feeds: NamedTensors,
  state: NamedTensors,
) => { readonly outputs: readonly tf.Tensor[]; readonly state: NamedTensors };

/** Takes steps, and keeps their state on the engine. */
export interface Stepper {
  /**
   * @param kind Which step of those given at its creation.
   * @returns The outputs' values.
   * @throws Error if the step fails; the state is then unchanged.
   */
  step(kind: string, feeds: ReadonlyMap<string, TensorValues>): Promise<Float32Array[]>;
  /** The values of one tensor of the state. */
  read(name: string): Promise<Float32Array>;
  /** Replaces the values of a tensor of the state; its shape stays. */
  write(name: string, values: Float32Array): void;
  dispose(): void;
}

/** Steps by kind. */
export type Steps = Readonly<Record<string, Step>>;

/** @throws Error if there is no step of this kind. */
export function stepOf(steps: Steps, kind: string): Step {
  const step = steps[kind];
  if (!step) throw new Error(`There is no step "${kind}"; there are ${Object.keys(steps).join(", ")}.`);
  return step;
}
