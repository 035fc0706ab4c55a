import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../loaders/engine/startEngine.js";
import type { Example } from "../../../loaders/training/input/examples.js";
import { Trainer } from "../../../loaders/training/trainer.js";
import { graphOf } from "../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../src/architecture/layers/tensors.js";
import { targetsOf } from "../../../src/detection/imageTargets.js";
import { planOf } from "../../../src/network/executionPlan.js";
import { type BatchStatistics, forwardTraining } from "../../../src/network/forward.js";
import { initialValues } from "../../../src/network/initialise.js";
import { noise } from "../engine/finiteDifferences.js";
import { tinyModel, tinyStudy } from "./tinyStudy.js";

const study = tinyStudy();
/** With nothing dropped, so that a pass can be repeated here. */
const steady = { ...tinyModel, backbone: { ...tinyModel.backbone, dropConnect: 0 } };

/** Two images of noise with an object each; the same for the same seed. */
function examplesOf(trainer: Trainer, seed: number): Example[] {
  return [0, 1].map((index) => {
    const box = Float32Array.of(8, 8 + 16 * index, 40, 36 + 16 * index);
    return {
      pixels: noise(64 * 64 * 3, seed * 2 + index),
      targets: targetsOf(trainer.anchors, box, [index]),
    };
  });
}

/** Means and variances that a pass over these examples meets, with the weights a seed starts from. */
function statisticsOf(examples: readonly Example[], seed: number): number[] {
  return tf.tidy(() => {
    const graph = graphOf(steady);
    const specs = tensorsOf(graph.layers);
    const values = initialValues(specs, seed);
    const tensors = new Map(specs.map(({ name, shape }) => [name, tf.tensor(values.get(name)!, [...shape])]));
    const images = tf.concat(examples.map(({ pixels }) => tf.tensor4d(pixels, [1, 64, 64, 3])));
    const met: BatchStatistics[] = [];
    forwardTraining(planOf(graph), tensors, images, {
      onStatistics: (one) => met.push(one),
      keepSamples: (count) => tf.ones<tf.Rank.R1>([count]),
    });
    return met.flatMap(({ mean, variance }) => [...mean.dataSync(), ...variance.dataSync()]);
  });
}

function expectClose(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  const off = expected.findIndex(
    (value, index) => !(Math.abs(value - found[index]!) <= 1e-5 * (1 + Math.abs(value))),
  );
  expect(off, `number ${off}: ${found[off]} for ${expected[off]}`).toBe(-1);
}

describe("a trainer", () => {
  beforeAll(async () => {
    await startEngine("wasm");
  });

  it("learns a batch by heart, and leaves no tensor behind in 50 steps", async () => {
    const before = tf.memory().numTensors;
    const trainer = new Trainer(study, tinyModel, 1);
    const examples = examplesOf(trainer, 1);
    const { loss: first } = await trainer.train(examples);
    const held = tf.memory().numTensors;
    let last = first;
    for (let step = 1; step < 50; step++) {
      ({ loss: last } = await trainer.train(examples));
      expect(tf.memory().numTensors).toBe(held);
    }
    expect(last).toBeLessThan(first / 2);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("gives a loss that is the sum of its parts, the same for the same seed and step alone", async () => {
    const losses = async (seed: number, count: number) => {
      const trainer = new Trainer(study, tinyModel, seed);
      const results = [];
      for (let step = 0; step < count; step++) results.push(await trainer.train(examplesOf(trainer, step)));
      trainer.dispose();
      return results;
    };
    const once = await losses(1, 3);
    expect(await losses(1, 3)).toEqual(once);
    expect((await losses(2, 1))[0]!.loss).not.toBe(once[0]!.loss);
    for (const { loss, classLoss, boxLoss } of once) {
      // The study weighs boxes by 2.
      expect(loss).toBeCloseTo(classLoss + 2 * boxLoss, 4);
    }
  });

  it("moves batch norm's statistics by one tenth of the batch's, at a momentum of 0.9", async () => {
    const trainer = new Trainer(study, steady, 1);
    const examples = examplesOf(trainer, 3);
    const start = (await trainer.snapshot()).vectors.get("statistics")!;
    const measured = statisticsOf(examples, 1);
    await trainer.train(examples);
    const moved = (await trainer.snapshot()).vectors.get("statistics")!;
    expectClose(
      moved,
      measured.map((value, index) => 0.9 * start[index]! + 0.1 * value),
    );
    trainer.dispose();
  });

  it("averages its weights, and gives the average away", async () => {
    const trainer = new Trainer(study, steady, 1);
    const start = (await trainer.snapshot()).vectors.get("parameters")!;
    await trainer.train(examplesOf(trainer, 3));
    await trainer.train(examplesOf(trainer, 4));
    const one = (await trainer.snapshot()).vectors;
    await trainer.train(examplesOf(trainer, 5));
    const two = (await trainer.snapshot()).vectors;
    const parameters = two.get("parameters")!;
    expect(parameters).not.toEqual(start);
    // The study keeps 0.9 of the average each step.
    expectClose(
      two.get("average")!,
      [...one.get("average")!].map((value, index) => 0.9 * value + 0.1 * parameters[index]!),
    );
    const kernel = (await trainer.values()).get("stem/conv/kernel")!;
    expect(kernel).toEqual(two.get("average")!.slice(0, kernel.length));
    trainer.dispose();
  });

  it("measures statistics anew as the mean over batches, on the weights as they stand", async () => {
    const trainer = new Trainer(study, steady, 1);
    const batches = [examplesOf(trainer, 7), examplesOf(trainer, 8)];
    const [first, second] = batches.map((examples) => statisticsOf(examples, 1));
    async function* passes() {
      yield* batches;
    }
    const before = tf.memory().numTensors;
    const values = await trainer.reestimateBatchNorm(passes());
    expect(tf.memory().numTensors).toBe(before);
    const found = tensorsOf(graphOf(steady).layers)
      .filter(({ trainable }) => !trainable)
      .flatMap(({ name }) => [...values.get(name)!]);
    expectClose(
      found,
      first!.map((value, index) => (value + second![index]!) / 2),
    );
    const kernel = "stem/conv/kernel";
    expect(values.get(kernel)).toEqual((await trainer.values()).get(kernel));
    trainer.dispose();
  });

  it("goes on from a snapshot as if it had never stopped", async () => {
    const whole = new Trainer(study, tinyModel, 1);
    const resumed = new Trainer(study, tinyModel, 1);
    for (let step = 0; step < 2; step++) await whole.train(examplesOf(whole, step));
    const snapshot = await whole.snapshot();
    const onward = [await whole.train(examplesOf(whole, 2)), await whole.train(examplesOf(whole, 3))];
    resumed.restore(snapshot, "state");
    expect(resumed.step).toBe(2);
    expect([await resumed.train(examplesOf(whole, 2)), await resumed.train(examplesOf(whole, 3))]).toEqual(
      onward,
    );
    expect(await resumed.snapshot()).toEqual(await whole.snapshot());
    whole.dispose();
    resumed.dispose();
  });

  it("refuses a snapshot of another network or optimiser", async () => {
    const trainer = new Trainer(study, tinyModel, 1);
    const { vectors } = await trainer.snapshot();
    const length = vectors.get("parameters")!.length;
    const changed = (name: string, values?: Float32Array) => {
      const others = new Map(vectors);
      if (values) others.set(name, values);
      else others.delete(name);
      return () => trainer.restore({ step: 3, vectors: others }, "s.safetensors");
    };
    const remedy = "Start over with --restart, which deletes the state.";
    expect(changed("parameters", new Float32Array(5))).toThrow(
      `s.safetensors: the state has 5 numbers for "parameters", but this run needs ${length}. ${remedy}`,
    );
    expect(changed("slot/second")).toThrow(`has 0 numbers for "slot/second", but this run needs ${length}.`);
    expect(changed("slot/momentum", new Float32Array(length))).toThrow(
      `has ${length} numbers for "slot/momentum", but this run needs 0.`,
    );
    expect(trainer.step).toBe(0);
    trainer.dispose();
  });
});
