import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { callKernel, dispose, wasmKernel } from "./wasmKernel.js";
import { convolutionWindow, filterShapeOf, shape4 } from "./windowAttributes.js";

/**
 * The gradient of a convolution to its filter, as a convolution of the input with dy where batch and
 * channels have changed places: dy is the filter, its pixels a stride apart. Stock 4.22 has none.
 */
export const convolutionFilterGradient = wasmKernel(
  tf.Conv2DBackpropFilter,
  ({ input, attributes, backend }) => {
    const x = input("x");
    const dy = input("dy");
    const window = convolutionWindow(attributes, shape4(x), filterShapeOf(attributes));
    const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = window;
    const channelsFirst = transpose(backend, x, [3, 1, 2, 0]);
    const filter = transpose(backend, dy, [1, 2, 0, 3]);
    const after = (inSize: number, outSize: number, size: number, stride: number, before: number): number =>
      (outSize - 1) * stride + size - inSize - before;
    const pad = [
      [0, 0],
      [padInfo.top, after(window.inHeight, window.outHeight, filterHeight, strideHeight, padInfo.top)],
      [padInfo.left, after(window.inWidth, window.outWidth, filterWidth, strideWidth, padInfo.left)],
      [0, 0],
    ];
    const gradient = callKernel(
      backend,
      tf.Conv2D,
      { x: channelsFirst, filter },
      { strides: 1, pad, dataFormat: "NHWC", dilations: [strideHeight, strideWidth] },
    );
    const filterGradient = transpose(backend, gradient, [1, 2, 0, 3]);
    dispose(backend, channelsFirst, filter, gradient);
    return filterGradient;
  },
);

function transpose(backend: BackendWasm, x: tf.TensorInfo, perm: number[]): tf.TensorInfo {
  return callKernel(backend, tf.Transpose, { x }, { perm });
}
