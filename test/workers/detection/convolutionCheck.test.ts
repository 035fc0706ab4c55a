import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../loaders/engine/startEngine.js";
import { emulatorOf } from "../../../src/workers/detection/backend.js";
import { convolutionByHand, convolutionMistake } from "../../../src/workers/detection/convolutionCheck.js";

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

describe("emulatorOf(device)", () => {
  it("names what emulates a GPU, and nothing where it is a real one", () => {
    const chromium = "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)";
    expect(emulatorOf(chromium)).toBe("SwiftShader");
    expect(emulatorOf("google swiftshader")).toBe("SwiftShader");
    expect(emulatorOf("Mesa llvmpipe (LLVM 15)")).toBe("llvmpipe");
    expect(emulatorOf("software adapter x")).toBe("software");
    expect(emulatorOf("Microsoft Basic Render Driver")).toBe("Basic Render");
    for (const real of ["apple metal-3", "ANGLE (NVIDIA GeForce RTX 4090)", "SIMD", ""]) {
      expect(emulatorOf(real)).toBeNull();
    }
  });
});
