import * as tf from "@tensorflow/tfjs-core";

/** A tensor's content while it is outside an engine. Integers are int32, all else is float32. */
export interface TensorValues {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** The tensor of these values on the active engine. */
export function tensorOfValues({ shape, values }: TensorValues): tf.Tensor {
  return tf.tensor(values, [...shape], values instanceof Int32Array ? "int32" : "float32");
}
