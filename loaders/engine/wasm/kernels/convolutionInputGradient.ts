import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { packTurnedFilter } from "../packedFilter.js";
import { padded } from "../padded.js";
import { dispose, floats, wasmKernel } from "../wasmKernel.js";
import { convolutionWindow, inputShapeOf, isThreeByThree, shape4, type Window } from "../windowAttributes.js";
import { matrixConvolution } from "./matrixConvolution.js";
import { winogradConvolution } from "./winogradConvolution.js";
import { suitsWinograd } from "./winogradTiles.js";

/** The filter taps that meet one residue of the input's rows (or columns), and their position over dy. */
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
 * The gradient of a convolution with respect to its input. The rows and columns of the input fall into stride × stride
 * residues; each is an ordinary convolution of dy with the flipped filter taps that meet it, so that nothing is
 * multiplied by inserted zeros. Stock 4.22 has a scalar loop instead.
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
    const dx = backend.makeOutput(window.inShape, "float32");
    const [{ padBefore: top, padAfter: bottom }, { padBefore: left, padAfter: right }] = [
      rows[0]!,
      columns[0]!,
    ];
    if (isThreeByThree(window) && Math.min(top, bottom, left, right) >= 0) {
      if (suitsWinograd(window.inShape, window.outChannels)) {
        winogradConvolution(backend, { x: dy, filter, turned: true, top, left, y: dx });
        return dx;
      }
    }
    const reached = [...rows, ...columns].every(({ taps }) => taps.length > 0);
    if (!reached) floats(backend, dx).fill(0);
    for (const row of rows) {
      for (const column of columns) {
        if (row.taps.length === 0 || column.taps.length === 0 || row.count === 0 || column.count === 0)
          continue;
        phaseGradient(backend, dy, filter, dx, row, column, window);
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

/**
 * A convolution of dy with stride 1, its results where dx has this residue. Where the padding is negative, the windows
 * start that much further inside, or end before dy does.
 */
function phaseGradient(
  backend: BackendWasm,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  dx: tf.TensorInfo,
  row: Phase,
  column: Phase,
  { strideHeight, strideWidth }: Window,
): void {
  const x = padded(backend, dy, {
    top: Math.max(0, row.padBefore),
    bottom: Math.max(0, row.padAfter),
    left: Math.max(0, column.padBefore),
    right: Math.max(0, column.padAfter),
  });
  const turned = packTurnedFilter(backend, filter, row.taps, column.taps);
  matrixConvolution(backend, {
    x,
    filter: turned,
    y: dx,
    lines: row.count,
    columns: column.count,
    from: {
      firstLine: Math.max(0, -row.padBefore),
      firstColumn: Math.max(0, -column.padBefore),
      lineStep: 1,
      columnStep: 1,
    },
    to: {
      firstLine: row.start,
      firstColumn: column.start,
      lineStep: strideHeight,
      columnStep: strideWidth,
    },
  });
  dispose(backend, turned.values);
  if (x !== dy) dispose(backend, x);
}
