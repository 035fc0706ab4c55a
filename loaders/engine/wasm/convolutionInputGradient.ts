import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { callKernel, dispose, floats, wasmKernel } from "./wasmKernel.js";
import { convolutionWindow, inputShapeOf, shape4, type Window } from "./windowAttributes.js";

/** The taps of a filter that meet one residue of the input's rows (or columns), and where they lie over dy. */
interface Phase {
  /** First input row of this residue; the others follow at a distance of the stride. */
  readonly start: number;
  readonly count: number;
  /** The filter's rows of this residue, the last first. */
  readonly taps: readonly number[];
  readonly padBefore: number;
  readonly padAfter: number;
}

/**
 * The gradient of a convolution to its input. The rows and columns of the input fall into stride × stride
 * residues; each is an ordinary convolution of dy with the turned filter taps that meet it, so that no
 * multiplication with an inserted zero is ever done. Stock 4.22 has a scalar loop instead.
 */
export const convolutionInputGradient = wasmKernel(
  tf.Conv2DBackpropInput,
  ({ input, attributes, backend }) => {
    const dy = input("dy");
    const filter = input("filter");
    const window = convolutionWindow(attributes, inputShapeOf(attributes), shape4(filter));
    const { inHeight, inWidth, filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = window;
    const rows = phases(inHeight, window.outHeight, filterHeight, strideHeight, padInfo.top);
    const columns = phases(inWidth, window.outWidth, filterWidth, strideWidth, padInfo.left);
    if (rows.length === 1 && columns.length === 1)
      return phaseGradient(backend, dy, filter, rows[0]!, columns[0]!);

    const dx = backend.makeOutput(window.inShape, "float32");
    floats(backend, dx).fill(0);
    for (const row of rows) {
      for (const column of columns) {
        if (row.taps.length === 0 || column.taps.length === 0 || row.count === 0 || column.count === 0)
          continue;
        const part = phaseGradient(backend, dy, filter, row, column);
        interleave(floats(backend, dx), floats(backend, part), shape4(part), row, column, window);
        dispose(backend, part);
      }
    }
    return dx;
  },
);

function phases(inSize: number, outSize: number, taps: number, stride: number, padBefore: number): Phase[] {
  return Array.from({ length: stride }, (_, start) => {
    const firstTap = (start + padBefore) % stride;
    const tapsHere = Math.max(0, Math.ceil((taps - firstTap) / stride));
    const count = Math.max(0, Math.ceil((inSize - start) / stride));
    const before = tapsHere - 1 - (start + padBefore - firstTap) / stride;
    return {
      start,
      count,
      taps: Array.from({ length: tapsHere }, (_, tap) => firstTap + stride * (tapsHere - 1 - tap)),
      padBefore: before,
      padAfter: count + tapsHere - 1 - outSize - before,
    };
  });
}

/** A convolution of dy with stride 1; negative padding drops rows and columns of dy that reach no input. */
function phaseGradient(
  backend: BackendWasm,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  row: Phase,
  column: Phase,
): tf.TensorInfo {
  const [batch, height, width, channels] = shape4(dy);
  const begin = [0, Math.max(0, -row.padBefore), Math.max(0, -column.padBefore), 0];
  const size = [
    batch,
    height - begin[1]! - Math.max(0, -row.padAfter),
    width - begin[2]! - Math.max(0, -column.padAfter),
    channels,
  ];
  const cropped = size[1] !== height || size[2] !== width;
  const source = cropped ? callKernel(backend, tf.Slice, { x: dy }, { begin, size }) : dy;
  const turned = turnedFilter(backend, filter, row, column);
  const pad = [
    [0, 0],
    [Math.max(0, row.padBefore), Math.max(0, row.padAfter)],
    [Math.max(0, column.padBefore), Math.max(0, column.padAfter)],
    [0, 0],
  ];
  const gradient = callKernel(
    backend,
    tf.Conv2D,
    { x: source, filter: turned },
    { strides: 1, pad, dataFormat: "NHWC", dilations: 1 },
  );
  dispose(backend, turned);
  if (cropped) dispose(backend, source);
  return gradient;
}

/** The phase's taps, last first, with input and output channels exchanged. */
function turnedFilter(backend: BackendWasm, filter: tf.TensorInfo, row: Phase, column: Phase): tf.TensorInfo {
  const [, width, inChannels, outChannels] = shape4(filter);
  const turned = backend.makeOutput(
    [row.taps.length, column.taps.length, outChannels, inChannels],
    "float32",
  );
  const from = floats(backend, filter);
  const to = floats(backend, turned);
  let target = 0;
  for (const tapRow of row.taps) {
    for (const tapColumn of column.taps) {
      const tap = (tapRow * width + tapColumn) * inChannels * outChannels;
      for (let outChannel = 0; outChannel < outChannels; outChannel++) {
        for (let inChannel = 0; inChannel < inChannels; inChannel++) {
          to[target++] = from[tap + inChannel * outChannels + outChannel]!;
        }
      }
    }
  }
  return turned;
}

/** Puts one residue's gradient at its places in the whole. */
function interleave(
  dx: Float32Array,
  part: Float32Array,
  [batch, height, width, channels]: readonly [number, number, number, number],
  row: Phase,
  column: Phase,
  { inHeight, inWidth, strideHeight, strideWidth }: Window,
): void {
  for (let image = 0; image < batch; image++) {
    for (let y = 0; y < height; y++) {
      const line = (image * inHeight + row.start + y * strideHeight) * inWidth + column.start;
      for (let x = 0; x < width; x++) {
        const from = ((image * height + y) * width + x) * channels;
        const to = (line + x * strideWidth) * channels;
        for (let channel = 0; channel < channels; channel++) dx[to + channel] = part[from + channel]!;
      }
    }
  }
}
