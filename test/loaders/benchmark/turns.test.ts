import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { benchmarkNetwork } from "../../../loaders/benchmark/networks.js";
import { turnsOf } from "../../../loaders/benchmark/turns.js";
import { loadWorkload } from "../../../loaders/benchmark/workload.js";
import { startEngine } from "../../../loaders/engine/startEngine.js";

const trainingTurns = () =>
  turnsOf(
    loadWorkload({
      task: "training",
      batch: 1,
      threads: 1,
      learningRate: 1e-4,
      model: benchmarkNetwork("retinanet", 64),
    }),
  );

describe("a turn of training on wasm", () => {
  beforeAll(async () => {
    await startEngine("wasm");
  });

  it("gives bit for bit the same losses twice, and smaller ones from step to step", async () => {
    const losses: (number | undefined)[][] = [];
    for (const _ of [0, 1]) {
      const turns = trainingTurns();
      losses.push([(await turns.take())[0], (await turns.take())[0], (await turns.take())[0]]);
      turns.dispose();
    }
    const [first, second] = losses;
    expect(second).toEqual(first);
    expect(first![1]).toBeLessThan(first![0]!);
    expect(first![2]).toBeLessThan(first![1]!);
  });

  it("leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const turns = trainingTurns();
    await turns.take();
    const after = tf.memory().numTensors;
    await turns.take();
    expect(tf.memory().numTensors).toBe(after);
    turns.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
