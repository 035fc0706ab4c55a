import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type * as tf from "@tensorflow/tfjs-core";
import { panelFloats } from "./packedFilter.js";
import { padded } from "./padded.js";
import { tilePixels } from "./programs/convolution.js";
import { simdProgram } from "./simdPrograms.js";
import { address, dispose, floats, integers } from "./wasmKernel.js";
import { shape4 } from "./windowAttributes.js";

const floatBytes = 4;
/** Products of a tile: 4 × 4. */
const products = 16;
/** So many tiles are transformed, multiplied and transformed back at once that they stay in a core's cache. */
const blockBytes = 1 << 17;
/** Keeps a block's 16 matrices from all falling on the same lines of the cache. */
const skewFloats = 16;

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

/** Whether it pays to compute a convolution of 3 × 3 taps and stride 1 this way. */
export function suitsWinograd(
  [batch, height, width, outChannels]: readonly [number, number, number, number],
  inChannels: number,
): boolean {
  const tiles = (batch * height * width) / 4;
  return height % 2 === 0 && width % 2 === 0 && inChannels >= 16 && outChannels >= 16 && tiles >= 32;
}

/**
 * Computes a convolution of 3 × 3 taps and stride 1 with 16 multiplications where its definition has 36
 * (programs/winograd.ts). Its sums are of other terms than the definition's, so that it is rounded otherwise.
 */
export function winogradConvolution(backend: BackendWasm, convolution: WinogradConvolution): void {
  const { filter, turned, top, left, bias, y, activation } = convolution;
  const [batch, outHeight, outWidth, outChannels] = shape4(y);
  const [, inHeight, inWidth, inChannels] = shape4(convolution.x);
  const x = padded(backend, convolution.x, {
    top,
    bottom: outHeight + 2 - top - inHeight,
    left,
    right: outWidth + 2 - left - inWidth,
  });
  const [tileLines, lineTiles] = [outHeight / 2, outWidth / 2];
  const panels = packTransformedFilter(backend, filter, turned);
  const tileBytes = products * Math.max(inChannels, outChannels) * floatBytes;
  const blockLines = Math.min(batch * tileLines, Math.max(1, Math.floor(blockBytes / tileBytes / lineTiles)));
  const rows = Math.ceil((blockLines * lineTiles) / tilePixels) * tilePixels;
  const input = matrices(backend, rows, inChannels);
  const output = matrices(backend, rows, outChannels);
  const biases = backend.makeOutput([outChannels + 3], "float32");
  // The bias comes after the transform back, not to the products.
  const noBias = backend.makeOutput([outChannels + 3], "float32");
  floats(backend, noBias).fill(0);
  floats(backend, biases).fill(0);
  if (bias) floats(backend, biases).set(floats(backend, bias));

  const [transformInput, multiply, transformOutput] = [
    simdProgram(backend, "winogradInput"),
    simdProgram(backend, "convolution"),
    simdProgram(backend, "winogradOutput"),
  ];
  const activate = activation === undefined ? undefined : simdProgram(backend, activation);
  const xLine = (outWidth + 2) * inChannels * floatBytes;
  const yLine = outWidth * outChannels * floatBytes;
  const panelBytes = panelFloats(inChannels, outChannels) * floatBytes;
  for (let first = 0; first < batch * tileLines; first += blockLines) {
    const lines = Math.min(blockLines, batch * tileLines - first);
    for (let line = 0; line < lines; line++) {
      const image = Math.floor((first + line) / tileLines);
      const row = image * (outHeight + 2) + 2 * ((first + line) % tileLines);
      transformInput(
        address(backend, x) + row * xLine,
        xLine,
        inChannels,
        lineTiles,
        input.start + line * lineTiles * inChannels * floatBytes,
        input.step,
      );
    }
    for (let product = 0; product < products; product++) {
      multiply(
        address(backend, input.rows) + product * rows * floatBytes,
        address(backend, output.rows) + product * rows * floatBytes,
        Math.ceil((lines * lineTiles) / tilePixels),
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
        output.start + line * lineTiles * outChannels * floatBytes,
        output.step,
        lineTiles,
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
  dispose(backend, panels, input.values, input.rows, output.values, output.rows, biases, noBias);
  if (x !== convolution.x) dispose(backend, x);
}

/** Room for 16 matrices, and the addresses of their rows, which the program "convolution" wants. */
function matrices(backend: BackendWasm, rows: number, columns: number) {
  const step = rows * columns + skewFloats;
  const values = backend.makeOutput([products * step], "float32");
  const table = backend.makeOutput([products * rows], "int32");
  const start = address(backend, values);
  const addresses = integers(backend, table);
  for (let product = 0; product < products; product++) {
    for (let row = 0; row < rows; row++) {
      addresses[product * rows + row] = start + (product * step + row * columns) * floatBytes;
    }
  }
  return { values, start, step: step * floatBytes, rows: table };
}

function packTransformedFilter(backend: BackendWasm, filter: tf.TensorInfo, turned: boolean): tf.TensorInfo {
  const [, , inChannels, outChannels] = shape4(filter);
  const count = inChannels * outChannels;
  const step = count + skewFloats;
  const [depth, columns] = turned ? [outChannels, inChannels] : [inChannels, outChannels];
  const transformed = backend.makeOutput([products * step], "float32");
  simdProgram(backend, "winogradFilter")(
    address(backend, filter),
    count * floatBytes,
    count,
    address(backend, transformed),
    step * floatBytes,
  );
  const panel = panelFloats(depth, columns);
  const panels = backend.makeOutput([products * panel], "float32");
  const whole = Math.floor(columns / 4) * 4 * depth;
  const pack = simdProgram(backend, turned ? "packFilter/columns" : "packFilter/rows");
  // A filter that is turned has its transform's first and last rows, and columns, exchanged.
  const place = (index: number): number => (turned && (index === 0 || index === 3) ? 3 - index : index);
  for (let product = 0; product < products; product++) {
    const source = place(Math.floor(product / 4)) * 4 + place(product % 4);
    floats(backend, panels).fill(0, product * panel + whole, (product + 1) * panel);
    pack(
      address(backend, transformed) + source * step * floatBytes,
      depth,
      columns,
      outChannels * floatBytes,
      address(backend, panels) + product * panel * floatBytes,
      0,
      depth,
    );
  }
  dispose(backend, transformed);
  return panels;
}
