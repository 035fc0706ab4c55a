import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type * as tf from "@tensorflow/tfjs-core";
import type { PackedFilter } from "../packedFilter.js";
import { tilePixels } from "../routines/matrixProduct.js";
import { simdRoutine } from "../simdRoutine.js";
import { address, dispose, floats, integers } from "../wasmKernel.js";
import { shape4 } from "../windowAttributes.js";

const floatBytes = 4;
/** The part of the input that stays in a core's cache while each panel of the filter passes over it. */
const blockBytes = 1 << 18;

/** Pixels of an image, every `step`th line and column from a first on. */
interface Raster {
  readonly firstLine: number;
  readonly firstColumn: number;
  readonly lineStep: number;
  readonly columnStep: number;
}

interface MatrixConvolution {
  /** Images `[batch, height, width, channels]`, padded with the zeros that their windows reach. */
  readonly x: tf.TensorInfo;
  readonly filter: PackedFilter;
  readonly bias?: tf.TensorInfo | undefined;
  readonly y: tf.TensorInfo;
  /** Lines and columns of results of each image. */
  readonly lines: number;
  readonly columns: number;
  /** Where in `x` the windows start, and where in `y` the results go. */
  readonly from: Raster;
  readonly to: Raster;
  /** Name of a routine to apply to results that are adjacent in `y` while they are still in the cache. */
  readonly activation?: string | undefined;
}

/** Computes a convolution as a matrix product of windows and filter, a block of pixels at a time. */
export function matrixConvolution(backend: BackendWasm, convolution: MatrixConvolution): void {
  const { x, filter, bias, y, lines, columns, from, to, activation } = convolution;
  const [batch, height, width, channels] = shape4(x);
  const [, outHeight, outWidth, outChannels] = shape4(y);
  const pixels = batch * lines * columns;
  const tiles = Math.ceil(pixels / tilePixels);
  const sources = backend.makeOutput([tiles * tilePixels], "int32");
  const targets = backend.makeOutput([tiles * tilePixels], "int32");
  const biases = backend.makeOutput([outChannels + 3], "float32");
  fillAddresses(integers(backend, sources), address(backend, x), channels, height, width, from);
  fillAddresses(integers(backend, targets), address(backend, y), outChannels, outHeight, outWidth, to);
  floats(backend, biases).fill(0);
  if (bias) floats(backend, biases).set(floats(backend, bias));

  const routine = simdRoutine(backend, "convolution");
  const activate = activation === undefined ? undefined : simdRoutine(backend, activation);
  const pixelBytes = channels * from.lineStep * from.columnStep * floatBytes;
  const blockTiles = Math.max(1, Math.floor(blockBytes / pixelBytes / tilePixels));
  for (let tile = 0; tile < tiles; tile += blockTiles) {
    const first = tile * tilePixels;
    routine(
      address(backend, sources) + first * floatBytes,
      address(backend, targets) + first * floatBytes,
      Math.min(blockTiles, tiles - tile),
      filter.height,
      filter.width * channels,
      width * channels * floatBytes,
      address(backend, filter.values),
      address(backend, biases),
      outChannels,
    );
    if (activate) {
      const start = address(backend, y) + first * outChannels * floatBytes;
      activate(start, start, Math.min(blockTiles * tilePixels, pixels - first) * outChannels);
    }
  }
  dispose(backend, sources, targets, biases);

  /** Each pixel's address; the last one's is repeated to fill the last tile, which then recomputes it. */
  function fillAddresses(
    addresses: Int32Array,
    start: number,
    depth: number,
    imageLines: number,
    lineColumns: number,
    { firstLine, firstColumn, lineStep, columnStep }: Raster,
  ): void {
    let place = 0;
    for (let image = 0; image < batch; image++) {
      for (let line = 0; line < lines; line++) {
        const lineStart = (image * imageLines + firstLine + line * lineStep) * lineColumns + firstColumn;
        for (let column = 0; column < columns; column++) {
          addresses[place++] = start + (lineStart + column * columnStep) * depth * floatBytes;
        }
      }
    }
    addresses.fill(addresses[place - 1]!, place);
  }
}
