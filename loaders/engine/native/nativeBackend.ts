import type * as tf from "@tensorflow/tfjs-core";

/** One attribute of a TensorFlow operation, as tfjs-node's binding takes it. */
export interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | string | boolean | readonly number[];
}

/** A tensor as tfjs-node's binding gives it back. */
export interface TensorMetadata {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

/** What tfjs-node 4.22's add-on does, and TensorFlow's numbers for types and kinds of attributes. */
export interface NativeBinding {
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  createTensor(shape: readonly number[], type: number, values: ArrayBufferView): number;
  executeOp(
    operation: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMetadata[];
  tensorDataSync(id: number): ArrayBufferView;
}

/** The part of tfjs-node 4.22's backend that runs any operation of TensorFlow's. */
export interface NativeBackend {
  binding: NativeBinding;
  readonly isUsingGpuDevice: boolean;
  /** The binding's numbers of tensors; values that wait in JavaScript are handed over first. */
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
  /** TensorFlow's number for a type. */
  getDTypeInteger(type: tf.DataType): number;
  executeMultipleOutputs(
    operation: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
}

export function isNativeBackend(backend: unknown): backend is NativeBackend {
  return typeof backend === "object" && backend !== null && "executeMultipleOutputs" in backend;
}
