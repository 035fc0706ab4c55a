import * as tf from "@tensorflow/tfjs-core";
import { simdRoutine } from "../simdRoutine.js";
import { address, floats, wasmKernel } from "../wasmKernel.js";
import { convolutionWindow, filterShapeOf, shape4 } from "../windowAttributes.js";
import { depthwiseLines } from "./depthwiseLines.js";

/** The gradient of a depthwise convolution to its filter. Stock 4.22 has none. */
export const depthwiseFilterGradient = wasmKernel(
  tf.DepthwiseConv2dNativeBackpropFilter,
  ({ input, attributes, backend }) => {
    const x = input("x");
    const dy = input("dy");
    const window = convolutionWindow(attributes, shape4(x), filterShapeOf(attributes), true);
    const { inChannels, outChannels, strideWidth } = window;
    const multiplier = outChannels / inChannels;
    const output = backend.makeOutput(window.filterShape, "float32");
    floats(backend, output).fill(0);
    const sumOfProducts = simdRoutine(backend, "sumOfProducts");
    const [inputs, gradients, sums] = [address(backend, x), address(backend, dy), address(backend, output)];
    for (const { inPixel, outPixel, pixels, tap } of depthwiseLines(window)) {
      if (multiplier === 1) {
        sumOfProducts(
          inputs + inPixel * inChannels * 4,
          strideWidth * inChannels * 4,
          gradients + outPixel * outChannels * 4,
          outChannels * 4,
          pixels,
          outChannels,
          sums + tap * outChannels * 4,
        );
      } else {
        addLine(inPixel, outPixel, pixels, tap);
      }
    }
    return output;

    function addLine(inPixel: number, outPixel: number, pixels: number, tap: number): void {
      const sum = floats(backend, output);
      const [xs, dys] = [floats(backend, x), floats(backend, dy)];
      for (let pixel = 0; pixel < pixels; pixel++) {
        for (let channel = 0; channel < outChannels; channel++) {
          const source = (inPixel + pixel * strideWidth) * inChannels + Math.floor(channel / multiplier);
          sum[tap * outChannels + channel]! += xs[source]! * dys[(outPixel + pixel) * outChannels + channel]!;
        }
      }
    }
  },
);
