import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../../../loaders/engine/startEngine.js";
import {
  type Instructions,
  instructions,
  useInstructions,
} from "../../../../../loaders/engine/wasm/instructionSet.js";
import {
  registerWasmKernels,
  unregisterWasmKernels,
} from "../../../../../loaders/engine/wasm/registerWasmKernels.js";
import { skippedFor } from "../../../../skippedFor.js";
import { noise } from "../../finiteDifferences.js";

interface Case {
  readonly title: string;
  /** Batch, height, width and channels. */
  readonly x: readonly [number, number, number, number];
  readonly kernel: readonly [number, number];
  readonly outChannels: number;
  readonly stride: number;
  /** Zeros above and left; below and right come as many, or one more where `uneven` says so. */
  readonly pad: readonly [number, number];
  readonly uneven?: boolean;
}

const cases: readonly Case[] = [
  { title: "1 by 1", x: [1, 4, 4, 8], kernel: [1, 1], outChannels: 8, stride: 1, pad: [0, 0] },
  {
    title: "1 by 1 of a batch, with pixels and channels past whole tiles",
    x: [3, 3, 5, 13],
    kernel: [1, 1],
    outChannels: 23,
    stride: 1,
    pad: [0, 0],
  },
  {
    title: "1 by 1 at stride 2",
    x: [2, 7, 6, 5],
    kernel: [1, 1],
    outChannels: 12,
    stride: 2,
    pad: [0, 0],
  },
  { title: "3 by 3", x: [2, 6, 5, 4], kernel: [3, 3], outChannels: 16, stride: 1, pad: [1, 1] },
  {
    title: "3 by 3 of 3 channels at stride 2, padded unevenly",
    x: [2, 8, 6, 3],
    kernel: [3, 3],
    outChannels: 9,
    stride: 2,
    pad: [0, 0],
    uneven: true,
  },
  {
    title: "7 by 7 of 3 channels at stride 2",
    x: [1, 11, 9, 3],
    kernel: [7, 7],
    outChannels: 10,
    stride: 2,
    pad: [3, 3],
  },
  {
    title: "7 by 7 of more than the image holds",
    x: [1, 2, 3, 2],
    kernel: [7, 7],
    outChannels: 1,
    stride: 1,
    pad: [3, 3],
  },
  { title: "1 by 5", x: [1, 5, 8, 6], kernel: [1, 5], outChannels: 7, stride: 1, pad: [0, 2] },
  { title: "4 by 2 at stride 3", x: [1, 10, 9, 2], kernel: [4, 2], outChannels: 3, stride: 3, pad: [1, 0] },
  {
    title: "more pixels than one block",
    x: [1, 20, 30, 300],
    kernel: [1, 1],
    outChannels: 5,
    stride: 1,
    pad: [0, 0],
  },
  {
    title: "3 by 3 of many pixels, tile by tile",
    x: [2, 10, 14, 18],
    kernel: [3, 3],
    outChannels: 23,
    stride: 1,
    pad: [1, 1],
  },
  {
    title: "3 by 3 of many pixels, tile by tile, without padding",
    x: [1, 14, 16, 16],
    kernel: [3, 3],
    outChannels: 17,
    stride: 1,
    pad: [0, 0],
  },
  {
    title: "3 by 3 of more tiles than a block, with wide padding",
    x: [2, 22, 20, 16],
    kernel: [3, 3],
    outChannels: 16,
    stride: 1,
    pad: [2, 2],
  },
  {
    title: "3 by 3 of many pixels, an odd number a line",
    x: [2, 10, 13, 16],
    kernel: [3, 3],
    outChannels: 16,
    stride: 1,
    pad: [1, 1],
  },
  { title: "one channel", x: [1, 3, 3, 1], kernel: [2, 2], outChannels: 2, stride: 1, pad: [0, 0] },
];

type Visit = (xIndex: number, filterIndex: number, yIndex: number) => void;

/** A convolution's definition: every product of an input and a weight, and the output to which it belongs. */
function eachProduct({ x, kernel, outChannels, stride, pad, ...rest }: Case, visit: Visit): number[] {
  const [batch, height, width, channels] = x;
  const extra = rest.uneven ? 1 : 0;
  const outHeight = Math.floor((height + 2 * pad[0] + extra - kernel[0]) / stride) + 1;
  const outWidth = Math.floor((width + 2 * pad[1] + extra - kernel[1]) / stride) + 1;
  for (let image = 0; image < batch; image++)
    for (let outRow = 0; outRow < outHeight; outRow++)
      for (let outColumn = 0; outColumn < outWidth; outColumn++)
        for (let tapRow = 0; tapRow < kernel[0]; tapRow++)
          for (let tapColumn = 0; tapColumn < kernel[1]; tapColumn++) {
            const row = outRow * stride - pad[0] + tapRow;
            const column = outColumn * stride - pad[1] + tapColumn;
            if (row < 0 || row >= height || column < 0 || column >= width) continue;
            const pixel = (image * height + row) * width + column;
            const outPixel = (image * outHeight + outRow) * outWidth + outColumn;
            const tap = tapRow * kernel[1] + tapColumn;
            for (let channel = 0; channel < channels; channel++)
              for (let out = 0; out < outChannels; out++)
                visit(
                  pixel * channels + channel,
                  (tap * channels + channel) * outChannels + out,
                  outPixel * outChannels + out,
                );
          }
  return [batch, outHeight, outWidth, outChannels];
}

function expectClose(actual: tf.Tensor, expected: Float64Array): void {
  const values = actual.dataSync();
  expect(values.length).toBe(expected.length);
  // Sums of at most 1,100 products of numbers below 1, of either sign, in float32.
  const worst = expected.reduce((most, value, index) => Math.max(most, Math.abs(value - values[index]!)), 0);
  expect(worst).toBeLessThan(1e-4);
}

for (const set of ["relaxed simd", "simd"] as const satisfies readonly Instructions[]) {
  const unknown = set === "relaxed simd" && instructions() !== set ? "this Node has no relaxed SIMD" : "";
  describe(`a convolution as a matrix product, in ${set}`, skippedFor(unknown), () => {
    beforeAll(async () => {
      await startEngine("wasm");
      useInstructions(set);
    });
    afterAll(() => useInstructions(undefined));

    for (const each of cases) {
      it(`is its definition, as are its gradients: ${each.title}`, () => {
        const filterShape: [number, number, number, number] = [...each.kernel, each.x[3], each.outChannels];
        const xs = noise(tf.util.sizeFromShape([...each.x]), 1);
        const weights = noise(tf.util.sizeFromShape(filterShape), 2);
        const yShape = eachProduct(each, () => {});
        const dys = noise(tf.util.sizeFromShape(yShape), 3);
        const y = new Float64Array(dys.length);
        const dx = new Float64Array(xs.length);
        const dfilter = new Float64Array(weights.length);
        eachProduct(each, (xIndex, filterIndex, yIndex) => {
          y[yIndex]! += xs[xIndex]! * weights[filterIndex]!;
          dx[xIndex]! += dys[yIndex]! * weights[filterIndex]!;
          dfilter[filterIndex]! += dys[yIndex]! * xs[xIndex]!;
        });
        const [[top, left], extra] = [each.pad, each.uneven ? 1 : 0];
        const pad: tf.backend_util.ExplicitPadding = [
          [0, 0],
          [top, top + extra],
          [left, left + extra],
          [0, 0],
        ];
        const before = tf.memory().numTensors;
        tf.tidy(() => {
          const x = tf.tensor4d(xs, [...each.x]);
          const filter = tf.tensor4d(weights, filterShape);
          const convolve = (a: tf.Tensor4D, b: tf.Tensor4D) =>
            tf.conv2d(a, b, each.stride, pad, "NHWC", 1, "floor");
          const result = convolve(x, filter);
          expect(result.shape).toEqual(yShape);
          expectClose(result, y);
          const [toX, toFilter] = tf.grads((a: tf.Tensor, b: tf.Tensor) =>
            convolve(a.as4D(...each.x), b.as4D(...filterShape)),
          )([x, filter], tf.tensor(dys, yShape));
          expectClose(toX!, dx);
          expectClose(toFilter!, dfilter);

          const biases = noise(each.outChannels, 4);
          const clip = {
            linear: (v: number) => v,
            relu: (v: number) => Math.max(v, 0),
            relu6: (v: number) => Math.min(Math.max(v, 0), 6),
          };
          for (const activation of ["linear", "relu", "relu6"] as const) {
            const fused = tf.fused.conv2d({
              x,
              filter,
              strides: each.stride,
              pad,
              dimRoundingMode: "floor",
              bias: tf.tensor1d(biases),
              activation,
            });
            expectClose(
              fused,
              y.map((value, index) => clip[activation](value + biases[index % each.outChannels]!)),
            );
          }
        });
        expect(tf.memory().numTensors).toBe(before);
      });
    }

    it("is told by the engine", async () => {
      expect((await startEngine("wasm")).versions.instructions).toBe(set);
    });

    it("clips at 6 what relu6 is asked to", () => {
      tf.tidy(() => {
        const fused = tf.fused.conv2d({
          x: tf.tensor4d([-1, 2, 5], [1, 1, 3, 1]),
          filter: tf.tensor4d([2], [1, 1, 1, 1]),
          strides: 1,
          pad: 0,
          bias: tf.tensor1d([1]),
          activation: "relu6",
        });
        // 2 x + 1 is -1, 5 and 11.
        expect(Array.from(fused.dataSync())).toEqual([0, 5, 6]);
      });
    });

    it("leaves dilated convolutions and other activations to tfjs", () => {
      tf.tidy(() => {
        const x = tf.tensor4d([1, 2, 3, 4, 5], [1, 1, 5, 1]);
        const filter = tf.tensor4d([1, 10], [1, 2, 1, 1]);
        expect(Array.from(tf.conv2d(x, filter, 1, "valid", "NHWC", [1, 2]).dataSync())).toEqual([31, 42, 53]);
        const fused = tf.fused.conv2d({
          x: tf.neg(x),
          filter,
          strides: 1,
          pad: "valid",
          activation: "leakyrelu",
          leakyreluAlpha: 0.5,
        });
        // -(1 + 20), -(2 + 30), … halved.
        expect(Array.from(fused.dataSync())).toEqual([-10.5, -16, -21.5, -27]);
      });
    });
  });
}

it("gives tfjs's own convolutions back when our kernels are taken away", async () => {
  await startEngine("wasm");
  const names = [tf.Conv2D, tf.FusedConv2D, tf.Conv2DBackpropInput];
  const ours = names.map((kernel) => tf.getKernel(kernel, "wasm"));
  unregisterWasmKernels();
  const stock = names.map((kernel) => tf.getKernel(kernel, "wasm"));
  registerWasmKernels();
  stock.forEach((kernel, index) => {
    expect(kernel.kernelName).toBe(names[index]);
    expect(kernel).not.toBe(ours[index]);
  });
  expect(names.map((kernel) => tf.getKernel(kernel, "wasm"))).toEqual(ours);
});
