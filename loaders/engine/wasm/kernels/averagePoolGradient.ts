import * as tf from "@tensorflow/tfjs-core";
import { floats, wasmKernel } from "../wasmKernel.js";
import { poolingWindow, shape4 } from "../windowAttributes.js";

/**
 * The gradient of average pooling: a window's goes in equal parts to the pixels it holds. Stock 4.22
 * divides by the window's whole size, where padding leaves fewer pixels to average.
 */
export const averagePoolGradient = wasmKernel(tf.AvgPoolGrad, ({ input, attributes, backend }) => {
  const dyInfo = input("dy");
  const window = poolingWindow(attributes, shape4(input("input")));
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels: channels } = window;
  const output = backend.makeOutput(window.inShape, "float32");
  const dx = floats(backend, output);
  const dy = floats(backend, dyInfo);
  dx.fill(0);
  for (let image = 0; image < batchSize; image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      const top = outRow * window.strideHeight - window.padInfo.top;
      const rows = { first: Math.max(0, top), end: Math.min(inHeight, top + window.filterHeight) };
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const left = outColumn * window.strideWidth - window.padInfo.left;
        const columns = { first: Math.max(0, left), end: Math.min(inWidth, left + window.filterWidth) };
        const part = 1 / ((rows.end - rows.first) * (columns.end - columns.first));
        const dyStart = ((image * outHeight + outRow) * outWidth + outColumn) * channels;
        for (let row = rows.first; row < rows.end; row++) {
          for (let column = columns.first; column < columns.end; column++) {
            const dxStart = ((image * inHeight + row) * inWidth + column) * channels;
            for (let channel = 0; channel < channels; channel++) {
              dx[dxStart + channel]! += dy[dyStart + channel]! * part;
            }
          }
        }
      }
    }
  }
  return output;
});
