import * as tf from "@tensorflow/tfjs-core";
import { floats, wasmKernel } from "./wasmKernel.js";
import { convolutionWindow, filterShapeOf, shape4 } from "./windowAttributes.js";

/** The gradient of a depthwise convolution to its filter. Stock 4.22 has none. */
export const depthwiseFilterGradient = wasmKernel(
  tf.DepthwiseConv2dNativeBackpropFilter,
  ({ input, attributes, backend }) => {
    const xInfo = input("x");
    const dyInfo = input("dy");
    const window = convolutionWindow(attributes, shape4(xInfo), filterShapeOf(attributes), true);
    const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = window;
    const multiplier = outChannels / inChannels;
    const output = backend.makeOutput(window.filterShape, "float32");
    const filterGradient = floats(backend, output);
    const x = floats(backend, xInfo);
    const dy = floats(backend, dyInfo);
    // Sums over a whole batch's pixels lose digits in float32.
    const sums = new Float64Array(outChannels);
    for (let tapRow = 0; tapRow < window.filterHeight; tapRow++) {
      for (let tapColumn = 0; tapColumn < window.filterWidth; tapColumn++) {
        sums.fill(0);
        for (let image = 0; image < batchSize; image++) {
          for (let outRow = 0; outRow < outHeight; outRow++) {
            const row = outRow * window.strideHeight - window.padInfo.top + tapRow * window.dilationHeight;
            if (row < 0 || row >= inHeight) continue;
            for (let outColumn = 0; outColumn < outWidth; outColumn++) {
              const column =
                outColumn * window.strideWidth - window.padInfo.left + tapColumn * window.dilationWidth;
              if (column < 0 || column >= inWidth) continue;
              const xStart = ((image * inHeight + row) * inWidth + column) * inChannels;
              const dyStart = ((image * outHeight + outRow) * outWidth + outColumn) * outChannels;
              if (multiplier === 1) {
                for (let channel = 0; channel < outChannels; channel++) {
                  sums[channel]! += x[xStart + channel]! * dy[dyStart + channel]!;
                }
              } else {
                for (let channel = 0; channel < outChannels; channel++) {
                  sums[channel]! += x[xStart + Math.floor(channel / multiplier)]! * dy[dyStart + channel]!;
                }
              }
            }
          }
        }
        filterGradient.set(sums, (tapRow * window.filterWidth + tapColumn) * outChannels);
      }
    }
    return output;
  },
);
