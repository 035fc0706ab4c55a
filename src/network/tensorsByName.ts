import type * as tf from "@tensorflow/tfjs-core";

/** A network's tensors by name, as `tensorsOf` lists them. */
export type TensorsByName = ReadonlyMap<string, tf.Tensor>;

/** @throws Error naming a tensor that is not there */
export function tensorOf<T extends tf.Tensor = tf.Tensor1D>(tensors: TensorsByName, name: string): T {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`The weights hold no tensor "${name}", which the network needs.`);
  return tensor as T;
}
