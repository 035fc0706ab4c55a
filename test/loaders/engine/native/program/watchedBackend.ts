import type { NativeBackend, NativeBinding } from "../../../../../loaders/engine/native/nativeBackend.js";

/** TensorFlow's numbers (tensorflow/c/tf_attrtype.h and tf_datatype.h), with a binding that computes nothing. */
export const attributeKinds: NativeBinding = {
  TF_FLOAT: 1,
  TF_INT32: 3,
  TF_ATTR_STRING: 0,
  TF_ATTR_INT: 1,
  TF_ATTR_FLOAT: 2,
  TF_ATTR_BOOL: 3,
  TF_ATTR_TYPE: 4,
  TF_ATTR_SHAPE: 5,
  createTensor: () => 0,
  executeOp: () => [],
  tensorDataSync: () => new Float32Array(),
};

/** A backend whose tensors are numbers in a list; its one operation, Add, adds two of them. */
export function addingBackend(): { backend: NativeBackend; values: number[] } {
  const values: number[] = [];
  const binding: NativeBinding = {
    ...attributeKinds,
    createTensor: (_shape, _type, given) => values.push(new Float32Array(given.buffer)[0]!) - 1,
    executeOp: (_operation, _attributes, [first, second]) => [
      { id: values.push(values[first!]! + values[second!]!) - 1, shape: [], dtype: 1 },
    ],
    tensorDataSync: (id) => Float32Array.of(values[id]!),
  };
  const backend: NativeBackend = {
    binding,
    getInputTensorIds: (tensors) => tensors.map(({ dataId }) => Number(Object(dataId).id)),
    getDTypeInteger: () => 1,
    executeMultipleOutputs: () => [],
  };
  return { backend, values };
}
