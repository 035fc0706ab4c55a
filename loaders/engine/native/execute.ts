import type * as tf from "@tensorflow/tfjs-core";
import { isNativeBackend, type NativeBackend, type OperationAttribute } from "./nativeBackend.js";

/**
 * The backend as one that runs any operation of TensorFlow's.
 *
 * @throws Error if it is another kind of backend.
 */
export function nativeBackend(backend: unknown): NativeBackend {
  if (!isNativeBackend(backend)) throw new Error("This kernel needs tfjs-node 4.22's backend.");
  return backend;
}

/** One operation of TensorFlow's on float32 tensors, with its one result. */
export function executeFloat(
  backend: NativeBackend,
  operation: string,
  inputs: readonly tf.TensorInfo[],
  attributes: readonly OperationAttribute[] = [],
): tf.Tensor {
  const { TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  const type = { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT };
  return backend.executeMultipleOutputs(operation, [type, ...attributes], inputs, 1)[0]!;
}
