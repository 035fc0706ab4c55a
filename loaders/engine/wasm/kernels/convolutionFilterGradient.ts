import * as tf from "@tensorflow/tfjs-core";
import { padded } from "../padded.js";
import { simdRoutine } from "../simdRoutine.js";
import { address, dispose, floats, wasmKernel } from "../wasmKernel.js";
import { convolutionWindow, filterShapeOf, isThreeByThree, shape4 } from "../windowAttributes.js";
import { winogradFilterGradient } from "./winogradFilterGradient.js";
import { suitsWinograd } from "./winogradTiles.js";

/** As many pixels of dy as stay, with the input's, in a core's cache over a whole filter. */
const blockPixels = 128;
const floatBytes = 4;

/**
 * The gradient of a convolution with respect to its filter: each pixel of dy times the input under it, summed. The taps
 * of one filter row are adjacent in the (padded) input as they are in the filter, so they are one outer product. Stock
 * 4.22 has none.
 */
export const convolutionFilterGradient = wasmKernel(
  tf.Conv2DBackpropFilter,
  ({ input, attributes, backend }) => {
    const dy = input("dy");
    const window = convolutionWindow(attributes, shape4(input("x")), filterShapeOf(attributes));
    const { batchSize, filterHeight, filterWidth, inChannels, outChannels, outHeight, outWidth } = window;
    if (isThreeByThree(window) && suitsWinograd(shape4(dy), inChannels)) {
      return winogradFilterGradient(backend, input("x"), dy, window.padInfo);
    }
    const x = padded(backend, input("x"), window.padInfo);
    const [, height, width] = shape4(x);
    const gradient = backend.makeOutput(window.filterShape, "float32");
    floats(backend, gradient).fill(0);
    const outerProduct = simdRoutine(backend, "outerProduct");
    const xLine = width * inChannels * floatBytes;
    const dyLine = outWidth * outChannels * floatBytes;
    const filterLine = filterWidth * inChannels * outChannels * floatBytes;
    const blockLines = Math.max(1, Math.round(blockPixels / outWidth));
    for (let image = 0; image < batchSize; image++) {
      for (let line = 0; line < outHeight; line += blockLines) {
        for (let tapLine = 0; tapLine < filterHeight; tapLine++) {
          outerProduct(
            address(backend, x) + (image * height + line * window.strideHeight + tapLine) * xLine,
            window.strideWidth * inChannels * floatBytes,
            window.strideHeight * xLine,
            address(backend, dy) + (image * outHeight + line) * dyLine,
            outChannels * floatBytes,
            dyLine,
            Math.min(blockLines, outHeight - line),
            outWidth,
            address(backend, gradient) + tapLine * filterLine,
            filterWidth * inChannels,
            outChannels,
          );
        }
      }
    }
    if (x !== input("x")) dispose(backend, x);
    return gradient;
  },
);
