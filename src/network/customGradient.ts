import * as tf from "@tensorflow/tfjs-core";

/**
 * A value with a gradient of our own.
 *
 * @param inputs what the gradient is taken to.
 * @param forward computes the value, and the tensors its gradient needs; every other tensor it makes is freed.
 * @param backward from the value's gradient and those tensors, the gradients to `inputs`, in their order.
 */
export function withGradient<T extends tf.Tensor>(
  inputs: tf.Tensor[],
  forward: () => { value: T; saved: tf.Tensor[] },
  backward: (dy: T, saved: tf.Tensor[]) => tf.Tensor[],
): T {
  return tf.customGrad((...inputsAndSave) => {
    const { value, saved } = forward();
    const save = inputsAndSave.at(-1);
    if (typeof save === "function") save(saved);
    return { value, gradFunc: backward };
  })(...inputs);
}
