import * as tf from "@tensorflow/tfjs-core";
import { simdRoutine } from "../simdRoutine.js";
import { address, floats, wasmKernel } from "../wasmKernel.js";
import { poolingWindow, shape4 } from "../windowAttributes.js";

/**
 * The gradient of max pooling: all of it goes to a window's first maximum, row by row, as TensorFlow has
 * it. Stock 4.22 loses it where a window holds only negatives, and takes the last of equal values.
 */
export const maxPoolGradient = wasmKernel(tf.MaxPoolGrad, ({ input, attributes, backend }) => {
  const x = input("input");
  const window = poolingWindow(attributes, shape4(x));
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels: channels } = window;
  const output = backend.makeOutput(window.inShape, "float32");
  floats(backend, output).fill(0);
  const pixelBytes = channels * 4;
  const addWindow = simdRoutine(backend, "maxPoolGradient");
  for (let image = 0; image < batchSize; image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      const top = outRow * window.strideHeight - window.padInfo.top;
      const first = Math.max(0, top);
      const lines = Math.min(inHeight, top + window.filterHeight) - first;
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const left = outColumn * window.strideWidth - window.padInfo.left;
        const column = Math.max(0, left);
        const start = ((image * inHeight + first) * inWidth + column) * pixelBytes;
        addWindow(
          address(backend, x) + start,
          address(backend, output) + start,
          address(backend, input("dy")) + ((image * outHeight + outRow) * outWidth + outColumn) * pixelBytes,
          lines,
          Math.min(inWidth, left + window.filterWidth) - column,
          inWidth * pixelBytes,
          channels,
        );
      }
    }
  }
  return output;
});
