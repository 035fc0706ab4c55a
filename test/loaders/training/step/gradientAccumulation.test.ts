import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../../loaders/engine/startEngine.js";
import type { Example } from "../../../../loaders/training/input/examples.js";
import { batchesOf, batchWeights } from "../../../../loaders/training/step/gradientAccumulation.js";
import { Trainer } from "../../../../loaders/training/trainer.js";
import { targetsOf } from "../../../../src/detection/imageTargets.js";
import { noise } from "../../engine/finiteDifferences.js";
import { tinyModel, tinyStudy } from "../tinyStudy.js";

/** With nothing dropped: which samples a pass drops depends on how they are batched. */
const steady = { ...tinyModel, backbone: { ...tinyModel.backbone, dropConnect: 0 } };
/** Plain descent, so that the weights' difference is the gradient's. */
const plain = {
  optimiser: { kind: "sgd", momentum: 0 },
  schedule: { kind: "step", rate: 1, drops: [] },
  clip: undefined,
  averageDecay: undefined,
};

/** An image of this noise, with this many objects. */
function example(anchors: Float32Array, seed: number, objects: number): Example {
  const boxes = Array.from({ length: objects }, (_, index) => [4 + 12 * index, 8, 28 + 12 * index, 40]);
  return {
    pixels: noise(64 * 64 * 3, seed),
    targets: targetsOf(
      anchors,
      Float32Array.from(boxes.flat()),
      boxes.map((_, index) => index % 2),
    ),
  };
}

/** One step of a study on these images, and what it moved. */
async function stepOf(
  batch: number,
  count: number,
  images: readonly (readonly [seed: number, objects: number])[],
) {
  const trainer = new Trainer(tinyStudy({ ...plain, batch, accumulate: count }), steady, 1);
  const start = (await trainer.snapshot()).vectors;
  const result = await trainer.train(
    images.map(([seed, objects]) => example(trainer.anchors, seed, objects)),
  );
  const { vectors } = await trainer.snapshot();
  trainer.dispose();
  return { result, start, vectors };
}

/** The largest difference of two steps' updates, over the largest update. */
function difference(name: string, a: Awaited<ReturnType<typeof stepOf>>, b: typeof a): number {
  const moved = ({ start, vectors }: typeof a) =>
    vectors.get(name)!.map((value, index) => value - start.get(name)![index]!);
  const [first, second] = [moved(a), moved(b)];
  const largest = Math.max(...first.map(Math.abs));
  expect(largest).toBeGreaterThan(0);
  return Math.max(...first.map((value, index) => Math.abs(value - second[index]!))) / largest;
}

describe("accumulated gradients", () => {
  beforeAll(async () => {
    await startEngine("wasm");
  });

  it("of batches that batch norm sees alike make the step of one large batch, however objects are spread", async () => {
    // The same two images of noise in each batch, so that each has the statistics of all; but 0 to 3 objects on them.
    const images = [
      [1, 3],
      [2, 0],
      [1, 0],
      [2, 0],
      [1, 1],
      [2, 2],
    ] as const;
    const [large, small] = [await stepOf(6, 1, images), await stepOf(2, 3, images)];
    expect(difference("parameters", large, small)).toBeLessThan(1e-5);
    expect(difference("statistics", large, small)).toBeLessThan(1e-5);
    for (const part of ["loss", "classLoss", "boxLoss", "gradientNorm"] as const) {
      expect(Math.abs(small.result[part] / large.result[part] - 1)).toBeLessThan(1e-5);
    }
  });

  it("of batches that batch norm sees differently do not: each batch has statistics of its own", async () => {
    const images = [
      [1, 1],
      [2, 1],
    ] as const;
    const [large, small] = [await stepOf(2, 1, images), await stepOf(1, 2, images)];
    expect(difference("parameters", large, small)).toBeGreaterThan(1e-3);
  });

  it("leave no tensor behind", async () => {
    const trainer = new Trainer(tinyStudy({ batch: 1, accumulate: 3 }), tinyModel, 1);
    const examples = [0, 1, 2].map((seed) => example(trainer.anchors, seed, 1));
    await trainer.train(examples);
    const held = tf.memory().numTensors;
    await trainer.train(examples);
    expect(tf.memory().numTensors).toBe(held);
    trainer.dispose();
  });

  it("take a step for every so many batches", () => {
    // 160 images, 2 a batch, 3 batches a step: 26.7 steps.
    const trainer = new Trainer(tinyStudy({ accumulate: 3 }), tinyModel, 1);
    expect(trainer.steps).toBe(27);
    trainer.dispose();
  });

  it("weigh a batch by its positive anchors + 1, and its statistics by its images", () => {
    const positives = (count: number) => ({
      pixels: new Float32Array(0),
      targets: {
        classTargets: new Int32Array(0),
        positives: new Int32Array(count),
        boxTargets: new Float32Array(0),
      },
    });
    const all = [positives(3), positives(0), positives(5)];
    const [first, second] = batchesOf(all, 2).map((batch) => batchWeights(batch, all));
    // Shares (3 + 0 + 1) / 9 and (5 + 1) / 9; two images of three, and one.
    expect(first).toEqual(Float32Array.of(4 / 9, 2 / 3, 4 / 9));
    expect(second).toEqual(Float32Array.of(6 / 9, 1 / 3, 6 / 9));
  });
});
