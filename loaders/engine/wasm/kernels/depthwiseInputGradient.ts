import * as tf from "@tensorflow/tfjs-core";
import { simdRoutine } from "../simdRoutine.js";
import { address, floats, wasmKernel } from "../wasmKernel.js";
import { convolutionWindow, inputShapeOf, shape4 } from "../windowAttributes.js";
import { depthwiseLines } from "./depthwiseLines.js";

/** The gradient of a depthwise convolution to its input. Stock 4.22 has none. */
export const depthwiseInputGradient = wasmKernel(
  tf.DepthwiseConv2dNativeBackpropInput,
  ({ input, attributes, backend }) => {
    const dy = input("dy");
    const filter = input("filter");
    const window = convolutionWindow(attributes, inputShapeOf(attributes), shape4(filter), true);
    const { inChannels, outChannels, strideWidth } = window;
    const multiplier = outChannels / inChannels;
    const output = backend.makeOutput(window.inShape, "float32");
    floats(backend, output).fill(0);
    const addScaled = simdRoutine(backend, "addScaled");
    const [from, taps, to] = [address(backend, dy), address(backend, filter), address(backend, output)];
    for (const { inPixel, outPixel, pixels, tap } of depthwiseLines(window)) {
      if (multiplier === 1) {
        addScaled(
          from + outPixel * outChannels * 4,
          outChannels * 4,
          taps + tap * outChannels * 4,
          to + inPixel * inChannels * 4,
          strideWidth * inChannels * 4,
          pixels,
          inChannels,
        );
      } else {
        addLine(inPixel, outPixel, pixels, tap);
      }
    }
    return output;

    function addLine(inPixel: number, outPixel: number, pixels: number, tap: number): void {
      const gradient = floats(backend, output);
      const [dys, factors] = [floats(backend, dy), floats(backend, filter)];
      for (let pixel = 0; pixel < pixels; pixel++) {
        for (let channel = 0; channel < outChannels; channel++) {
          const place = (inPixel + pixel * strideWidth) * inChannels + Math.floor(channel / multiplier);
          gradient[place]! +=
            dys[(outPixel + pixel) * outChannels + channel]! * factors[tap * outChannels + channel]!;
        }
      }
    }
  },
);
