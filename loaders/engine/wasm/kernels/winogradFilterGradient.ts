import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type * as tf from "@tensorflow/tfjs-core";
import { padded } from "../padded.js";
import { simdRoutine } from "../simdRoutine.js";
import { address, dispose, floats } from "../wasmKernel.js";
import { shape4 } from "../windowAttributes.js";
import { linesWithin, matrices, products, tilesOf, transformInput } from "./winogradTiles.js";

const floatBytes = 4;
/** The transformed tiles of input and gradient that stay in a core's cache while their products are summed. */
const blockBytes = 1 << 18;

/**
 * The gradient of a convolution of 3 × 3 taps and stride 1 with respect to its filter, with 16 multiplications for 2 × 2
 * results where its definition has 36: the transpose of winogradConvolution.ts.
 *
 * @param top Zeros above `x`, and `left` before it; below and behind follow from the size of `dy`, which is even.
 */
export function winogradFilterGradient(
  backend: BackendWasm,
  image: tf.TensorInfo,
  dy: tf.TensorInfo,
  { top, left }: { readonly top: number; readonly left: number },
): tf.TensorInfo {
  const [, height, width, outChannels] = shape4(dy);
  const [, inHeight, inWidth, inChannels] = shape4(image);
  const gradient = backend.makeOutput([3, 3, inChannels, outChannels], "float32");
  const bottom = height + 2 - top - inHeight;
  const x = padded(backend, image, { top, bottom, left, right: width + 2 - left - inWidth });
  const tiles = tilesOf(shape4(dy));
  const blockLines = linesWithin(blockBytes, tiles, Math.max(inChannels, outChannels));
  const input = matrices(backend, blockLines * tiles.perLine, inChannels);
  const output = matrices(backend, blockLines * tiles.perLine, outChannels);
  const sums = matrices(backend, inChannels, outChannels);
  floats(backend, sums.values).fill(0);
  const transformGradient = simdRoutine(backend, "winogradOutputGradient");
  const outerProduct = simdRoutine(backend, "outerProduct");
  const lineBytes = width * outChannels * floatBytes;
  for (let first = 0; first < tiles.lines; first += blockLines) {
    const lines = Math.min(blockLines, tiles.lines - first);
    transformInput(backend, x, inChannels, tiles, first, lines, input);
    for (let line = 0; line < lines; line++) {
      transformGradient(
        address(backend, dy) + (first + line) * 2 * lineBytes,
        lineBytes,
        outChannels,
        tiles.perLine,
        output.start + line * tiles.perLine * outChannels * floatBytes,
        output.step,
      );
    }
    for (let product = 0; product < products; product++) {
      outerProduct(
        input.start + product * input.step,
        inChannels * floatBytes,
        0,
        output.start + product * output.step,
        outChannels * floatBytes,
        0,
        1,
        lines * tiles.perLine,
        sums.start + product * sums.step,
        inChannels,
        outChannels,
      );
    }
  }
  const count = inChannels * outChannels;
  simdRoutine(backend, "winogradFilterGradient")(
    sums.start,
    sums.step,
    count,
    address(backend, gradient),
    count * floatBytes,
  );
  dispose(backend, input.values, output.values, sums.values);
  if (x !== image) dispose(backend, x);
  return gradient;
}
