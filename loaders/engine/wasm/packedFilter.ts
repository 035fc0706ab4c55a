import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type * as tf from "@tensorflow/tfjs-core";
import { simdRoutine } from "./simdRoutine.js";
import { address, floats } from "./wasmKernel.js";
import { shape4 } from "./windowAttributes.js";

const floatBytes = 4;

/** A filter in the layout of the routine "convolution", and its window. */
export interface PackedFilter {
  readonly values: tf.TensorInfo;
  readonly height: number;
  readonly width: number;
  readonly inChannels: number;
  readonly outChannels: number;
}

/** A filter `[height, width, inChannels, outChannels]`, packed; its values are the caller's to dispose. */
export function packFilter(backend: BackendWasm, filter: tf.TensorInfo): PackedFilter {
  const [height, width, inChannels, outChannels] = shape4(filter);
  const depth = height * width * inChannels;
  const values = panels(backend, depth, outChannels);
  simdRoutine(backend, "packFilter/rows")(
    address(backend, filter),
    depth,
    outChannels,
    outChannels * floatBytes,
    address(backend, values),
    0,
    depth,
  );
  return { values, height, width, inChannels, outChannels };
}

/** A filter's taps of some rows and columns, in the order given, with input and output channels exchanged. */
export function packTurnedFilter(
  backend: BackendWasm,
  filter: tf.TensorInfo,
  rows: readonly number[],
  columns: readonly number[],
): PackedFilter {
  const [, filterWidth, inChannels, outChannels] = shape4(filter);
  const depth = rows.length * columns.length * outChannels;
  const values = panels(backend, depth, inChannels);
  const pack = simdRoutine(backend, "packFilter/columns");
  rows.forEach((row, rowIndex) => {
    columns.forEach((column, columnIndex) => {
      pack(
        address(backend, filter) + (row * filterWidth + column) * inChannels * outChannels * floatBytes,
        outChannels,
        inChannels,
        outChannels * floatBytes,
        address(backend, values),
        (rowIndex * columns.length + columnIndex) * outChannels,
        depth,
      );
    });
  });
  return {
    values,
    height: rows.length,
    width: columns.length,
    inChannels: outChannels,
    outChannels: inChannels,
  };
}

/** Number of floats in the panels of a matrix. */
export function panelFloats(depth: number, columns: number): number {
  return Math.ceil(columns / 4) * 4 * depth;
}

/** Memory for the panels, zero where the last has no column. */
function panels(backend: BackendWasm, depth: number, columns: number): tf.TensorInfo {
  const whole = Math.floor(columns / 4) * 4;
  const values = backend.makeOutput([panelFloats(depth, columns)], "float32");
  floats(backend, values).fill(0, whole * depth);
  return values;
}
