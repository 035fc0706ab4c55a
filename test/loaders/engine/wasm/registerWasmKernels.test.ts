import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { startEngine } from "../../../../loaders/engine/startEngine.js";
import {
  registerWasmKernels,
  unregisterWasmKernels,
  wasmKernels,
} from "../../../../loaders/engine/wasm/registerWasmKernels.js";
import { batchNormTraining } from "../../../../src/network/batchNorm.js";
import { noiseTensor } from "../finiteDifferences.js";

describe("our wasm kernels", () => {
  it("give way to tfjs's own and come back, and both compute the same batch norm", async () => {
    await startEngine("wasm");
    const ours = (): string[] =>
      wasmKernels
        .filter((each) => tf.getKernel(each.kernelName, "wasm") === each)
        .map((each) => each.kernelName);
    const normalised = (): number[] =>
      tf.tidy(() => {
        const x = noiseTensor<tf.Rank.R4>([2, 5, 5, 6], 1);
        return Array.from(batchNormTraining(x, tf.ones([6]), tf.zeros([6]), 1e-3, "swish").y.dataSync());
      });
    const all = ours();
    const first = normalised();
    unregisterWasmKernels();
    const none = ours();
    const stock = normalised();
    registerWasmKernels();
    expect(all).toContain("Conv2DBackpropFilter");
    expect(none).toEqual([]);
    expect(ours()).toEqual(all);
    first.forEach((value, index) => {
      expect(value).toBeCloseTo(stock[index]!, 5);
    });
  });
});
