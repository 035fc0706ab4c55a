import * as tf from "@tensorflow/tfjs-core";
import { floats, wasmKernel } from "../engine/wasm/wasmKernel.js";
import { convolutionWindow, filterShapeOf, shape4 } from "../engine/wasm/windowAttributes.js";

/**
 * The gradient of a convolution to its filter by plain loops, as tfjs's cpu backend goes about it. Only
 * for the benchmark: without some such kernel, stock 4.22 cannot train at all.
 */
export const plainFilterGradient = wasmKernel(tf.Conv2DBackpropFilter, ({ input, attributes, backend }) => {
  const window = convolutionWindow(attributes, shape4(input("x")), filterShapeOf(attributes));
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = window;
  const output = backend.makeOutput(window.filterShape, "float32");
  const gradient = floats(backend, output);
  const x = floats(backend, input("x"));
  const dy = floats(backend, input("dy"));
  gradient.fill(0);
  for (let tapRow = 0; tapRow < window.filterHeight; tapRow++) {
    for (let tapColumn = 0; tapColumn < window.filterWidth; tapColumn++) {
      const tap = (tapRow * window.filterWidth + tapColumn) * inChannels * outChannels;
      for (let image = 0; image < batchSize; image++) {
        for (let outRow = 0; outRow < outHeight; outRow++) {
          const row = outRow * window.strideHeight - window.padInfo.top + tapRow;
          if (row < 0 || row >= inHeight) continue;
          for (let outColumn = 0; outColumn < outWidth; outColumn++) {
            const column = outColumn * window.strideWidth - window.padInfo.left + tapColumn;
            if (column < 0 || column >= inWidth) continue;
            const xStart = ((image * inHeight + row) * inWidth + column) * inChannels;
            const dyStart = ((image * outHeight + outRow) * outWidth + outColumn) * outChannels;
            for (let inChannel = 0; inChannel < inChannels; inChannel++) {
              const value = x[xStart + inChannel]!;
              const target = tap + inChannel * outChannels;
              for (let outChannel = 0; outChannel < outChannels; outChannel++) {
                gradient[target + outChannel]! += value * dy[dyStart + outChannel]!;
              }
            }
          }
        }
      }
    }
  }
  return output;
});
