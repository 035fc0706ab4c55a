import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { createBenchmarkNetwork } from "../../../../loaders/benchmark/kernels/network.js";
import { startEngine } from "../../../../loaders/engine/startEngine.js";

describe("a training step on wasm", () => {
  beforeAll(async () => {
    await startEngine("wasm");
  });

  it("gives bit for bit the same losses twice, and smaller ones from step to step", () => {
    const [first, second] = [0, 1].map(() => {
      const network = createBenchmarkNetwork(1, 64);
      const losses = [network.step(), network.step(), network.step()];
      network.dispose();
      return losses;
    });
    expect(second).toEqual(first);
    expect(first![1]).toBeLessThan(first![0]!);
    expect(first![2]).toBeLessThan(first![1]!);
  });

  it("leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    const network = createBenchmarkNetwork(1, 64);
    network.step();
    const after = tf.memory().numTensors;
    network.step();
    expect(tf.memory().numTensors).toBe(after);
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
