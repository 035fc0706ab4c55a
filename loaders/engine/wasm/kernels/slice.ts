import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { array, looseObject, nullish, number, parse, union } from "valibot";
import { address, orStock, wasmKernel } from "../wasmKernel.js";

const sliceAttributesSchema = looseObject({
  begin: union([number(), array(number())]),
  size: nullish(union([number(), array(number())])),
});
const splitAttributesSchema = looseObject({
  numOrSizeSplits: union([number(), array(number())]),
  axis: number(),
});

/** A box out of a tensor. Stock 4.22 copies the whole tensor first. */
export const slice = orStock(
  wasmKernel(tf.Slice, ({ input, attributes, backend }) => {
    const x = input("x");
    const { begin, size } = parse(sliceAttributesSchema, attributes);
    const [from, shape] = tf.slice_util.parseSliceParams(x, begin, size ?? undefined);
    return box(backend, x, from!, shape!);
  }),
  ({ inputs }) => inputs.x?.dtype !== "string",
);

/**
 * A tensor cut into parts along one axis. Stock 4.22 copies the whole tensor for each part: most of a training step
 * where the parameters are one vector.
 */
export const split = orStock(
  wasmKernel(tf.SplitV, ({ input, attributes, backend }) => {
    const x = input("x");
    const { numOrSizeSplits, axis } = parse(splitAttributesSchema, attributes);
    const [along] = tf.util.parseAxisParam(axis, x.shape) as [number];
    const sizes = tf.backend_util.prepareSplitSize(x, numOrSizeSplits, along);
    let start = 0;
    return sizes.map((size) => {
      const begin = x.shape.map((_, dimension) => (dimension === along ? start : 0));
      start += size;
      return box(backend, x, begin, x.shape.with(along, size));
    });
  }),
  ({ inputs }) => inputs.x?.dtype !== "string",
);

/** Copies the box that starts at `begin`, in runs as long as are contiguous in `x`. */
function box(
  backend: BackendWasm,
  x: tf.TensorInfo,
  begin: readonly number[],
  shape: number[],
): tf.TensorInfo {
  const output = backend.makeOutput(shape, x.dtype);
  const floor = Math.max(
    0,
    shape.findLastIndex((size, dimension) => size !== x.shape[dimension]),
  );
  const elementBytes = tf.util.bytesPerElement(x.dtype);
  const strides = x.shape.map(
    (_, dimension) => tf.util.sizeFromShape(x.shape.slice(dimension + 1)) * elementBytes,
  );
  const runBytes = tf.util.sizeFromShape(shape.slice(floor)) * elementBytes;
  const heap = new Uint8Array(backend.typedArrayFromHeap(output).buffer);
  let target = address(backend, output);
  const copy = (dimension: number, start: number): void => {
    if (dimension === floor) {
      const first = start + begin[floor]! * strides[floor]!;
      heap.copyWithin(target, first, first + runBytes);
      target += runBytes;
      return;
    }
    for (let index = 0; index < shape[dimension]!; index++) {
      copy(dimension + 1, start + (begin[dimension]! + index) * strides[dimension]!);
    }
  };
  copy(0, address(backend, x));
  return output;
}
