import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/** What a kernel of ours is given: its inputs by name, its attributes unread, and the backend that holds the memory. */
export interface WasmKernelCall {
  readonly input: (name: string) => tf.TensorInfo;
  /** An input that a caller may leave out. */
  readonly optionalInput: (name: string) => tf.TensorInfo | undefined;
  readonly attributes: unknown;
  readonly backend: BackendWasm;
}

/** A kernel of the wasm backend, ready to be registered. */
export function wasmKernel(
  kernelName: string,
  run: (call: WasmKernelCall) => tf.TensorInfo | tf.TensorInfo[],
): tf.KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, backend, attrs }) => {
      if (!(backend instanceof BackendWasm))
        throw new Error(`${kernelName} was called on another backend than wasm.`);
      const input = (name: string): tf.TensorInfo => {
        const tensor = inputs[name];
        if (!tensor) throw new Error(`${kernelName} was called without its input "${name}".`);
        return tensor;
      };
      return run({ input, optionalInput: (name) => inputs[name] ?? undefined, attributes: attrs, backend });
    },
  };
}

type KernelCall = Parameters<tf.KernelFunc>[0];

/** A kernel of ours, but stock's for a call that ours cannot answer. */
export function orStock(ours: tf.KernelConfig, can: (call: KernelCall) => boolean): tf.KernelConfig {
  const stock = tf.getKernel(ours.kernelName, ours.backendName);
  return { ...ours, kernelFunc: (call) => (can(call) ? ours : stock).kernelFunc(call) };
}

/**
 * A float32 tensor's values in the heap, to read and to write. The view dies when the heap grows: take it
 * after every output of the kernel is made.
 */
export function floats(backend: BackendWasm, tensor: tf.TensorInfo): Float32Array {
  const values = backend.typedArrayFromHeap(tensor);
  if (!(values instanceof Float32Array))
    throw new Error(`A float32 tensor was expected, not ${tensor.dtype}.`);
  return values;
}

/** An int32 tensor's values in the heap; as short-lived as {@link floats}. */
export function integers(backend: BackendWasm, tensor: tf.TensorInfo): Int32Array {
  const values = backend.typedArrayFromHeap(tensor);
  if (!(values instanceof Int32Array)) throw new Error(`An int32 tensor was expected, not ${tensor.dtype}.`);
  return values;
}

/** Where a tensor starts in the heap, in bytes. */
export function address(backend: BackendWasm, tensor: tf.TensorInfo): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset;
}

export function dispose(backend: BackendWasm, ...tensors: tf.TensorInfo[]): void {
  for (const tensor of tensors) backend.disposeData(tensor.dataId);
}
