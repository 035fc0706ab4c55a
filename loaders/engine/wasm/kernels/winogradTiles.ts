import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type * as tf from "@tensorflow/tfjs-core";
import { simdRoutine } from "../simdRoutine.js";
import { address } from "../wasmKernel.js";

const floatBytes = 4;
/** Products of a tile: 4 × 4. */
export const products = 16;
/** Keeps 16 matrices from mapping to the same cache lines. */
const skewFloats = 16;

/** Whether it pays to compute a convolution of 3 × 3 taps and stride 1 tile by tile. */
export function suitsWinograd(
  [batch, height, width, outChannels]: readonly [number, number, number, number],
  inChannels: number,
): boolean {
  const tiles = (batch * height * width) / 4;
  return height % 2 === 0 && width % 2 === 0 && inChannels >= 16 && outChannels >= 16 && tiles >= 32;
}

/** 16 matrices of the same size, `step` bytes apart; each holds one product of every tile. */
export interface Matrices {
  readonly values: tf.TensorInfo;
  readonly start: number;
  readonly step: number;
}

/** Memory for 16 matrices, which the caller disposes of. */
export function matrices(backend: BackendWasm, rows: number, columns: number): Matrices {
  const step = rows * columns + skewFloats;
  const values = backend.makeOutput([products * step], "float32");
  return { values, start: address(backend, values), step: step * floatBytes };
}

/** The tiles of 2 × 2 results of some images, line by line, image by image. */
export interface Tiles {
  readonly imageLines: number;
  readonly lines: number;
  readonly perLine: number;
}

/** @param shape Of the results: batch, height, width and channels. */
export function tilesOf([batch, height, width]: readonly [number, number, number, number]): Tiles {
  return { imageLines: height / 2, lines: (batch * height) / 2, perLine: width / 2 };
}

/** How many lines of tiles fit in `bytes` with 16 products of `channels` channels; at least one. */
export function linesWithin(bytes: number, { lines, perLine }: Tiles, channels: number): number {
  return Math.min(lines, Math.max(1, Math.floor(bytes / (perLine * products * channels * floatBytes))));
}

/** Transforms lines of tiles of images that are already padded with the zeros their windows reach. */
export function transformInput(
  backend: BackendWasm,
  x: tf.TensorInfo,
  channels: number,
  { imageLines, perLine }: Tiles,
  first: number,
  lines: number,
  target: Matrices,
): void {
  const transform = simdRoutine(backend, "winogradInput");
  const lineBytes = (2 * perLine + 2) * channels * floatBytes;
  for (let line = 0; line < lines; line++) {
    const image = Math.floor((first + line) / imageLines);
    const row = image * (2 * imageLines + 2) + 2 * ((first + line) % imageLines);
    transform(
      address(backend, x) + row * lineBytes,
      lineBytes,
      channels,
      perLine,
      target.start + line * perLine * channels * floatBytes,
      target.step,
    );
  }
}
