import * as tf from "@tensorflow/tfjs-core";

/**
 * A scalar function of one tensor that computes its slope, of the tensor's shape, along with its value, so that
 * a training step needs no further pass for it. Only `f` is run, and nothing inside it is differentiated.
 */
export function scalarWithSlope(
  input: tf.Tensor,
  f: (input: tf.Tensor) => { readonly value: tf.Scalar; readonly slope: tf.Tensor },
): tf.Scalar {
  const operation = tf.customGrad<tf.Scalar>((x, save) => {
    if (typeof x === "function" || typeof save !== "function") {
      throw new Error("A custom gradient is called with its input and a function that saves tensors.");
    }
    const { value, slope } = f(x);
    save([slope]);
    return { value, gradFunc: (dy: tf.Scalar, saved: tf.Tensor[]) => tf.mul(saved[0]!, dy) };
  });
  return operation(input);
}
