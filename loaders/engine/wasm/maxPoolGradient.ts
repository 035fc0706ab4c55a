import * as tf from "@tensorflow/tfjs-core";
import { floats, wasmKernel } from "./wasmKernel.js";
import { poolingWindow, shape4 } from "./windowAttributes.js";

/**
 * The gradient of max pooling: all of it goes to a window's first maximum, row by row, as TensorFlow has
 * it. Stock 4.22 loses it where a window holds only negatives, and takes the last of equal values.
 */
export const maxPoolGradient = wasmKernel(tf.MaxPoolGrad, ({ input, attributes, backend }) => {
  const dyInfo = input("dy");
  const xInfo = input("input");
  const window = poolingWindow(attributes, shape4(xInfo));
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels: channels } = window;
  const output = backend.makeOutput(window.inShape, "float32");
  const dx = floats(backend, output);
  const dy = floats(backend, dyInfo);
  const x = floats(backend, xInfo);
  dx.fill(0);
  const greatest = new Float32Array(channels);
  const places = new Int32Array(channels);
  for (let image = 0; image < batchSize; image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      const top = outRow * window.strideHeight - window.padInfo.top;
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const left = outColumn * window.strideWidth - window.padInfo.left;
        greatest.fill(Number.NEGATIVE_INFINITY);
        places.fill(-1);
        for (let row = Math.max(0, top); row < Math.min(inHeight, top + window.filterHeight); row++) {
          for (
            let column = Math.max(0, left);
            column < Math.min(inWidth, left + window.filterWidth);
            column++
          ) {
            const start = ((image * inHeight + row) * inWidth + column) * channels;
            for (let channel = 0; channel < channels; channel++) {
              const value = x[start + channel]!;
              if (value > greatest[channel]! || places[channel]! < 0) {
                greatest[channel] = value;
                places[channel] = start + channel;
              }
            }
          }
        }
        const dyStart = ((image * outHeight + outRow) * outWidth + outColumn) * channels;
        for (let channel = 0; channel < channels; channel++) {
          const place = places[channel]!;
          if (place >= 0) dx[place]! += dy[dyStart + channel]!;
        }
      }
    }
  }
  return output;
});
