import * as tf from "@tensorflow/tfjs-core";
import { floats, wasmKernel } from "./wasmKernel.js";
import { convolutionWindow, inputShapeOf, shape4 } from "./windowAttributes.js";

/** The gradient of a depthwise convolution to its input. Stock 4.22 has none. */
export const depthwiseInputGradient = wasmKernel(
  tf.DepthwiseConv2dNativeBackpropInput,
  ({ input, attributes, backend }) => {
    const dyInfo = input("dy");
    const filterInfo = input("filter");
    const window = convolutionWindow(attributes, inputShapeOf(attributes), shape4(filterInfo), true);
    const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = window;
    const multiplier = outChannels / inChannels;
    const output = backend.makeOutput(window.inShape, "float32");
    const dx = floats(backend, output);
    const dy = floats(backend, dyInfo);
    const filter = floats(backend, filterInfo);
    dx.fill(0);
    for (let image = 0; image < batchSize; image++) {
      for (let outRow = 0; outRow < outHeight; outRow++) {
        for (let outColumn = 0; outColumn < outWidth; outColumn++) {
          const dyStart = ((image * outHeight + outRow) * outWidth + outColumn) * outChannels;
          for (let tapRow = 0; tapRow < window.filterHeight; tapRow++) {
            const row = outRow * window.strideHeight - window.padInfo.top + tapRow * window.dilationHeight;
            if (row < 0 || row >= inHeight) continue;
            for (let tapColumn = 0; tapColumn < window.filterWidth; tapColumn++) {
              const column =
                outColumn * window.strideWidth - window.padInfo.left + tapColumn * window.dilationWidth;
              if (column < 0 || column >= inWidth) continue;
              const dxStart = ((image * inHeight + row) * inWidth + column) * inChannels;
              const tap = (tapRow * window.filterWidth + tapColumn) * outChannels;
              if (multiplier === 1) {
                for (let channel = 0; channel < inChannels; channel++) {
                  dx[dxStart + channel]! += dy[dyStart + channel]! * filter[tap + channel]!;
                }
              } else {
                for (let channel = 0; channel < outChannels; channel++) {
                  dx[dxStart + Math.floor(channel / multiplier)]! +=
                    dy[dyStart + channel]! * filter[tap + channel]!;
                }
              }
            }
          }
        }
      }
    }
    return output;
  },
);
