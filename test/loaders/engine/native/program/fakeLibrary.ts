import type * as tf from "@tensorflow/tfjs-core";
import type {
  NativeBackend,
  NativeBinding,
  OperationAttribute,
} from "../../../../../loaders/engine/native/nativeBackend.js";
import type {
  GraphHandle,
  OutputType,
  ProgramAddon,
  ProgramHandle,
  ProgramTensor,
} from "../../../../../loaders/engine/native/program/programAddon.js";

/** One thing that a graph was given: an operation, or a constant with its values. */
interface Added {
  readonly operation: string;
  readonly inputs: readonly number[];
  readonly list: number;
  readonly attributes: readonly OperationAttribute[];
  readonly values?: readonly number[];
}

/** TensorFlow's numbers (tensorflow/c/tf_attrtype.h and tf_datatype.h), and a binding that runs nothing. */
function bindingOf(values: readonly number[]): NativeBinding {
  const refuse = () => {
    throw new Error("Nothing may run while a graph is recorded.");
  };
  return {
    TF_FLOAT: 1,
    TF_INT32: 3,
    TF_ATTR_STRING: 0,
    TF_ATTR_INT: 1,
    TF_ATTR_FLOAT: 2,
    TF_ATTR_BOOL: 3,
    TF_ATTR_TYPE: 4,
    TF_ATTR_SHAPE: 5,
    createTensor: refuse,
    executeOp: refuse,
    tensorDataSync: (id) => Float32Array.of(values[id]!),
  };
}

/**
 * A library that notes what a graph is given and computes nothing. `before` are the tensors that were there before,
 * scalars by number; every operation gives as many scalars as `outputs` says for its name, else one.
 */
export function fakeLibrary(
  before: readonly number[],
  outputs: Readonly<Record<string, readonly OutputType[]>> = {},
) {
  const added: Added[] = [];
  const deleted: ProgramTensor[] = [];
  const tensors = new Map<object, readonly number[]>();
  const scalar: OutputType = { dtype: 1, shape: [] };
  const handle = <T>() => Object({}) as T;
  const addon: ProgramAddon = {
    createTensor: (_type, _shape, given) => {
      const tensor = handle<ProgramTensor>();
      tensors.set(tensor, [...new Float32Array(given.buffer, given.byteOffset, given.byteLength / 4)]);
      return tensor;
    },
    deleteTensor: (tensor) => deleted.push(tensor),
    tensorBytes: () => new ArrayBuffer(0),
    tensorShape: () => [],
    createGraph: () => handle<GraphHandle>(),
    addOperation: (_graph, operation, inputs, list, attributes) => {
      added.push({ operation, inputs, list, attributes });
      return [...(outputs[operation] ?? [scalar])];
    },
    addConstant: (_graph, tensor) => {
      added.push({ operation: "Const", inputs: [], list: 0, attributes: [], values: tensors.get(tensor)! });
      return [scalar];
    },
    createProgram: () => handle<ProgramHandle>(),
    run: async () => [],
    trace: async () => new ArrayBuffer(0),
    version: () => "none",
  };
  const backend: NativeBackend = {
    binding: bindingOf(before),
    isUsingGpuDevice: false,
    getInputTensorIds: (given) => given.map(({ dataId }) => Number(Object(dataId).id)),
    getDTypeInteger: () => 1,
    executeMultipleOutputs: () => [],
  };
  return { addon, backend, added, deleted };
}

/** A scalar that stands for the backend's tensor of this number. */
export function numbered(id: number): tf.Tensor {
  return Object({ dataId: { id }, dtype: "float32", shape: [] });
}
