import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../loaders/engine/engine.js";
import { isSoftware } from "../../src/workers/backend.js";
import { convolutionByHand, convolutionMistake } from "../../src/workers/convolutionProof.js";

beforeAll(() => startEngine("wasm"));

describe("convolutionMistake()", () => {
  it("finds none in a backend that computes rightly, and leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    expect(await convolutionMistake()).toBeNull();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("compares with sums that half precision holds exactly", () => {
    const values = convolutionByHand();
    expect(values.every(Number.isInteger)).toBe(true);
    // 3 × 3 × 8 products of at most 3 × 3: far below 2048, up to which half precision holds whole numbers.
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(3 * 3 * 8 * 3 * 3);
    expect(new Set(values).size).toBeGreaterThan(10);
  });

  it("names the first wrong value", async () => {
    const kernel = tf.getKernel("Conv2D", "wasm")!;
    tf.unregisterKernel("Conv2D", "wasm");
    const nothing = tf.zeros([1, 12, 12, 8]);
    tf.registerKernel({
      ...kernel,
      kernelFunc: (call) => kernel.kernelFunc({ ...call, inputs: { ...call.inputs, x: nothing } }),
    });
    const right = convolutionByHand().find((value) => value !== 0);
    expect(await convolutionMistake()).toBe(`a small convolution gives 0 where ${right} is right`);
    tf.unregisterKernel("Conv2D", "wasm");
    tf.registerKernel(kernel);
  });
});

describe("isSoftware(device)", () => {
  it("knows the names of emulated GPUs, and real ones from them", () => {
    const emulated = [
      "google swiftshader",
      "Mesa llvmpipe (LLVM 15)",
      "software adapter x",
      "Microsoft Basic Render Driver",
    ];
    expect(emulated.filter(isSoftware)).toEqual(emulated);
    expect(["apple metal-3", "ANGLE (NVIDIA GeForce RTX 4090)", "SIMD", ""].filter(isSoftware)).toEqual([]);
  });
});
