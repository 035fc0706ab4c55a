import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type * as tf from "@tensorflow/tfjs-core";
import { panelFloats } from "../packedFilter.js";
import { padded } from "../padded.js";
import { tilePixels } from "../routines/matrixProduct.js";
import { simdRoutine } from "../simdRoutine.js";
import { address, dispose, floats, integers } from "../wasmKernel.js";
import { shape4 } from "../windowAttributes.js";
import { linesWithin, type Matrices, matrices, products, tilesOf, transformInput } from "./winogradTiles.js";

const floatBytes = 4;
/** Tiles are transformed, multiplied and transformed back in blocks that stay in a core's cache. */
const blockBytes = 1 << 17;

interface WinogradConvolution {
  readonly x: tf.TensorInfo;
  /** `[3, 3, inChannels, outChannels]`. */
  readonly filter: tf.TensorInfo;
  /** Whether the filter is to be turned, and its channels exchanged, as a gradient to the input needs it. */
  readonly turned: boolean;
  /** Zeros above and left of `x`; below and right follow from the size of `y`. */
  readonly top: number;
  readonly left: number;
  readonly bias?: tf.TensorInfo | undefined;
  /** Of an even height and width. */
  readonly y: tf.TensorInfo;
  readonly activation?: string | undefined;
}

/**
 * Computes a convolution of 3 × 3 taps and stride 1 with 16 multiplications where its definition has 36
 * (routines/winograd.ts). It sums other terms than the definition, so rounding differs.
 */
export function winogradConvolution(backend: BackendWasm, convolution: WinogradConvolution): void {
  const { filter, turned, top, left, bias, y, activation } = convolution;
  const [, outHeight, outWidth, outChannels] = shape4(y);
  const [, inHeight, inWidth, inChannels] = shape4(convolution.x);
  const x = padded(backend, convolution.x, {
    top,
    bottom: outHeight + 2 - top - inHeight,
    left,
    right: outWidth + 2 - left - inWidth,
  });
  const tiles = tilesOf(shape4(y));
  const panels = packTransformedFilter(backend, filter, turned);
  const blockLines = linesWithin(blockBytes, tiles, Math.max(inChannels, outChannels));
  const rows = Math.ceil((blockLines * tiles.perLine) / tilePixels) * tilePixels;
  const input = matrices(backend, rows, inChannels);
  const output = matrices(backend, rows, outChannels);
  const inputRows = rowAddresses(backend, input, rows, inChannels);
  const outputRows = rowAddresses(backend, output, rows, outChannels);
  const biases = backend.makeOutput([outChannels + 3], "float32");
  // The bias comes after the transform back, not to the products.
  const noBias = backend.makeOutput([outChannels + 3], "float32");
  floats(backend, noBias).fill(0);
  floats(backend, biases).fill(0);
  if (bias) floats(backend, biases).set(floats(backend, bias));

  const multiply = simdRoutine(backend, "convolution");
  const transformOutput = simdRoutine(backend, "winogradOutput");
  const activate = activation === undefined ? undefined : simdRoutine(backend, activation);
  const yLine = outWidth * outChannels * floatBytes;
  const panelBytes = panelFloats(inChannels, outChannels) * floatBytes;
  for (let first = 0; first < tiles.lines; first += blockLines) {
    const lines = Math.min(blockLines, tiles.lines - first);
    transformInput(backend, x, inChannels, tiles, first, lines, input);
    for (let product = 0; product < products; product++) {
      multiply(
        address(backend, inputRows) + product * rows * floatBytes,
        address(backend, outputRows) + product * rows * floatBytes,
        Math.ceil((lines * tiles.perLine) / tilePixels),
        1,
        inChannels,
        0,
        address(backend, panels) + product * panelBytes,
        address(backend, noBias),
        outChannels,
      );
    }
    for (let line = 0; line < lines; line++) {
      transformOutput(
        output.start + line * tiles.perLine * outChannels * floatBytes,
        output.step,
        tiles.perLine,
        outChannels,
        address(backend, biases),
        address(backend, y) + (first + line) * 2 * yLine,
        yLine,
      );
    }
    if (activate) {
      const start = address(backend, y) + first * 2 * yLine;
      activate(start, start, lines * 2 * outWidth * outChannels);
    }
  }
  dispose(backend, panels, input.values, inputRows, output.values, outputRows, biases, noBias);
  if (x !== convolution.x) dispose(backend, x);
}

/** The addresses of the matrices' rows, one matrix after another, as the routine "convolution" wants them. */
function rowAddresses(
  backend: BackendWasm,
  { start, step }: Matrices,
  rows: number,
  columns: number,
): tf.TensorInfo {
  const table = backend.makeOutput([products * rows], "int32");
  const addresses = integers(backend, table);
  for (let product = 0; product < products; product++) {
    for (let row = 0; row < rows; row++) {
      addresses[product * rows + row] = start + product * step + row * columns * floatBytes;
    }
  }
  return table;
}

function packTransformedFilter(backend: BackendWasm, filter: tf.TensorInfo, turned: boolean): tf.TensorInfo {
  const [, , inChannels, outChannels] = shape4(filter);
  const count = inChannels * outChannels;
  const [depth, columns] = turned ? [outChannels, inChannels] : [inChannels, outChannels];
  const transformed = matrices(backend, inChannels, outChannels);
  simdRoutine(backend, "winogradFilter")(
    address(backend, filter),
    count * floatBytes,
    count,
    transformed.start,
    transformed.step,
  );
  const panel = panelFloats(depth, columns);
  const panels = backend.makeOutput([products * panel], "float32");
  const whole = Math.floor(columns / 4) * 4 * depth;
  const pack = simdRoutine(backend, turned ? "packFilter/columns" : "packFilter/rows");
  // A filter that is turned has its transform's first and last rows, and columns, exchanged.
  const place = (index: number): number => (turned && (index === 0 || index === 3) ? 3 - index : index);
  for (let product = 0; product < products; product++) {
    const source = place(Math.floor(product / 4)) * 4 + place(product % 4);
    floats(backend, panels).fill(0, product * panel + whole, (product + 1) * panel);
    pack(
      transformed.start + source * transformed.step,
      depth,
      columns,
      outChannels * floatBytes,
      address(backend, panels) + product * panel * floatBytes,
      0,
      depth,
    );
  }
  dispose(backend, transformed.values);
  return panels;
}
