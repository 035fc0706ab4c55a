import type * as tf from "@tensorflow/tfjs-core";
import type { NativeBackend, NativeBinding, OperationAttribute, TensorMetadata } from "../nativeBackend.js";
import type { ConstantValues } from "./graphDefinition.js";

/** One operation that ran, with the numbers that tfjs-node's binding gives tensors. */
export interface RecordedOperation {
  readonly operation: string;
  readonly attributes: readonly OperationAttribute[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** What a computation asked of TensorFlow. */
export interface Recording {
  /** In the order in which they ran. */
  readonly operations: readonly RecordedOperation[];
  /** Tensors that were made of JavaScript's values, or that were there before, by number. */
  readonly constants: ReadonlyMap<number, ConstantValues>;
  readonly feeds: readonly number[];
  readonly results: readonly number[];
}

/**
 * Runs `compute` once, operation by operation, and notes what it asks of TensorFlow. Whatever it computes from
 * is a constant of the recording, with today's values, but for the tensors named in `feeds`.
 *
 * @param compute Gives the tensors that a program of the recording is to give.
 * @throws Error if `compute` reads a value that depends on operations: the branch it takes by it would be
 * frozen.
 */
export function record(
  backend: NativeBackend,
  feeds: readonly tf.Tensor[],
  compute: () => readonly tf.Tensor[],
): Recording {
  const { binding } = backend;
  const feedIds = backend.getInputTensorIds(feeds);
  const operations: RecordedOperation[] = [];
  const constants = new Map<number, ConstantValues>();
  const computed = new Set<number>();
  const fed = new Set(feedIds);

  const constantOf = (id: number, tensor: tf.TensorInfo): ConstantValues => ({
    type: backend.getDTypeInteger(tensor.dtype),
    shape: [...tensor.shape],
    bytes: bytesOf(binding.tensorDataSync(id)),
  });

  const watched: NativeBinding = Object.create(binding, {
    executeOp: {
      value: (
        operation: string,
        attributes: readonly OperationAttribute[],
        inputs: readonly number[],
        count: number,
      ): TensorMetadata[] => {
        const outputs = binding.executeOp(operation, attributes, inputs, count);
        const ids = outputs.map(({ id }) => id);
        operations.push({ operation, attributes: [...attributes], inputs: [...inputs], outputs: ids });
        for (const id of ids) computed.add(id);
        return outputs;
      },
    },
    createTensor: {
      value: (shape: readonly number[], type: number, values: ArrayBufferView): number => {
        const id = binding.createTensor(shape, type, values);
        constants.set(id, { type, shape: [...shape], bytes: bytesOf(values) });
        return id;
      },
    },
    tensorDataSync: {
      value: (id: number) => {
        if (computed.has(id) || fed.has(id)) {
          throw new Error("A recorded computation reads a value it has computed; it must be fed or fetched.");
        }
        return binding.tensorDataSync(id);
      },
    },
  });
  const { getInputTensorIds } = backend;
  backend.binding = watched;
  backend.getInputTensorIds = (tensors) => {
    const ids = getInputTensorIds.call(backend, tensors);
    ids.forEach((id, index) => {
      if (computed.has(id) || fed.has(id) || constants.has(id)) return;
      constants.set(id, constantOf(id, tensors[index]!));
    });
    return ids;
  };
  try {
    const results = backend.getInputTensorIds(compute());
    return { operations, constants, feeds: feedIds, results };
  } finally {
    backend.binding = binding;
    backend.getInputTensorIds = getInputTensorIds;
  }
}

function bytesOf(values: ArrayBufferView): Uint8Array {
  if (!ArrayBuffer.isView(values)) {
    throw new Error("A recorded computation makes a tensor of texts, which a program cannot hold.");
  }
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
}
