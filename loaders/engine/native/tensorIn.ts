import * as tf from "@tensorflow/tfjs-core";

/** @throws Error if a kernel was called without this input. */
export function tensorIn(inputs: tf.NamedTensorInfoMap, name: string): tf.Tensor {
  const tensor = inputs[name];
  if (!(tensor instanceof tf.Tensor)) throw new Error(`A kernel was called without its input "${name}".`);
  return tensor;
}
