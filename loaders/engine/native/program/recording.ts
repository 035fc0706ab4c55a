import type * as tf from "@tensorflow/tfjs-core";
import type { NativeBackend, NativeBinding, OperationAttribute, TensorMetadata } from "../nativeBackend.js";
import type { GraphBuilder, GraphValue, Place } from "./graphBuilder.js";

/** tfjs-node keeps −1 for a tensor that waits in JavaScript, and deletes nothing below 0. */
const firstNumber = -2;

/**
 * Lets `compute` ask tfjs-node for operations, and adds them to a graph instead of running them. What it computes from
 * is a constant of the graph, with today's values, but for the tensors named in `feeds`. Of those only type and shape
 * are looked at.
 *
 * @param compute Gives the results, and works with tensors alone.
 * @returns Where the feeds and the results lie in the graph.
 * @throws Error if `compute` reads the values of a tensor: there are none, and the branch it takes by them would be
 * frozen.
 */
export function record(
  backend: NativeBackend,
  graph: GraphBuilder,
  feeds: readonly tf.Tensor[],
  compute: () => readonly tf.Tensor[],
): { readonly feeds: readonly Place[]; readonly results: readonly Place[] } {
  const { binding, getInputTensorIds } = backend;
  /** By the number that tfjs-node has for the tensor; those of the recording's own go down from −2. */
  const values = new Map<number, GraphValue>();
  let next = firstNumber;
  const numbered = (value: GraphValue): TensorMetadata => {
    const id = next--;
    values.set(id, value);
    return { id, shape: value.shape, dtype: value.dtype };
  };
  const graphValueOf = (id: number): GraphValue => values.get(id)!;

  const feedIds = backend.getInputTensorIds(feeds);
  feeds.forEach(({ dtype, shape }, index) => {
    values.set(feedIds[index]!, graph.placeholder(backend.getDTypeInteger(dtype), shape));
  });

  const recorder: NativeBinding = Object.create(binding, {
    executeOp: {
      value: (name: string, attributes: readonly OperationAttribute[], inputs: readonly number[]) =>
        graph.operation(name, attributes, inputs.map(graphValueOf)).map(numbered),
    },
    createTensor: {
      value: (shape: readonly number[], type: number, given: ArrayBufferView) => {
        if (!ArrayBuffer.isView(given)) {
          throw new Error("A recorded computation makes a tensor of texts, which a program cannot hold.");
        }
        return numbered(graph.constant(type, shape, given)).id;
      },
    },
    tensorDataSync: {
      value: (id: number) => {
        if (values.has(id)) {
          throw new Error(
            "A recorded computation reads the values of a tensor; it may only compute with them.",
          );
        }
        return binding.tensorDataSync(id);
      },
    },
  });
  backend.binding = recorder;
  backend.getInputTensorIds = (tensors) => {
    const ids = getInputTensorIds.call(backend, tensors);
    // What was there before the recording comes in with the values it has.
    ids.forEach((id, index) => {
      if (values.has(id)) return;
      const { dtype, shape } = tensors[index]!;
      values.set(id, graph.constant(backend.getDTypeInteger(dtype), shape, binding.tensorDataSync(id)));
    });
    return ids;
  };
  try {
    const results = backend.getInputTensorIds(compute());
    return {
      feeds: feedIds.map((id) => graphValueOf(id).place),
      results: results.map((id) => graph.floatPlace(graphValueOf(id))),
    };
  } finally {
    backend.binding = binding;
    backend.getInputTensorIds = getInputTensorIds;
  }
}
