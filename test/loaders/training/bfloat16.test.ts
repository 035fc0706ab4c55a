import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../../loaders/engine/engineChoice.js";
import { startEngine } from "../../../loaders/engine/startEngine.js";
import { requirePrecision } from "../../../loaders/engine/steps/requirePrecision.js";
import type { Example } from "../../../loaders/training/input/examples.js";
import { Trainer } from "../../../loaders/training/trainer.js";
import type { Model } from "../../../src/architecture/model/model.js";
import { targetsOf } from "../../../src/detection/imageTargets.js";
import { skippedFor } from "../../skippedFor.js";
import { noise } from "../engine/finiteDifferences.js";
import { tinyModel, tinyStudy } from "./tinyStudy.js";

let engine: Engine | undefined;
let skipped = "";
try {
  engine = await startEngine("native");
  requirePrecision("bfloat16", engine);
} catch (error) {
  skipped = error instanceof Error ? error.message : String(error);
}

/** TensorFlow's numbers (tensorflow/core/framework/types.proto). */
const [float32Type, bfloat16Type] = [1, 14];

/** With nothing dropped, and wide enough that its convolutions are worth a change of type. */
const model: Model = {
  ...tinyModel,
  backbone: { ...tinyModel.backbone, dropConnect: 0, widthMultiplier: 4, endpointWidth: 32 },
};

describe(`steps in bfloat16`, skippedFor(skipped), () => {
  const created: Trainer[] = [];
  beforeAll(async () => {
    await startEngine("native");
  });
  afterAll(() => {
    for (const trainer of created) trainer.dispose();
  });

  function trainerOf(precision: "float32" | "bfloat16"): Trainer {
    const trainer = new Trainer(tinyStudy({ precision }), model, 1);
    created.push(trainer);
    return trainer;
  }

  const examplesOf = ({ anchors, step }: Trainer): Example[] =>
    [0, 1].map((index) => ({
      pixels: noise(64 * 64 * 3, step * 2 + index),
      targets: targetsOf(anchors, Float32Array.of(8, 8 + 8 * index, 40, 36 + 8 * index), [index]),
    }));

  it("multiply in bfloat16, and compute losses, statistics' sums and the optimiser in float32", async () => {
    const trainer = trainerOf("bfloat16");
    const operations = await trainer.trace(examplesOf(trainer));
    const kindsIn = (type: number) =>
      new Set(operations.flatMap((each) => (each.type === type ? [each.kind] : [])));
    const [float32, bfloat16] = [kindsIn(float32Type), kindsIn(bfloat16Type)];
    const multiplying = /Conv2D|MatMul/;
    expect([...bfloat16].filter((kind) => multiplying.test(kind)).length).toBeGreaterThan(3);
    expect([...float32].filter((kind) => multiplying.test(kind))).toEqual([]);
    for (const kind of ["SpineNetBatchNorm", "SpineNetBatchNormGrad", "SpineNetAdd", "SpineNetReluGrad"]) {
      expect([...bfloat16]).toContain(kind);
      expect([...float32]).not.toContain(kind);
    }
    // Softplus is the focal loss's; roots are the optimiser's and the gradient norm's; sums those of losses and norms.
    for (const kind of ["Softplus", "Sigmoid", "Sqrt", "Square", "Sum", "RealDiv", "Sub", "Mul"]) {
      expect([...float32]).toContain(kind);
      expect([...bfloat16]).not.toContain(kind);
    }
  });

  it("give another loss than in float32, but one near it", async () => {
    const [exact, rounded] = [trainerOf("float32"), trainerOf("bfloat16")];
    const [{ loss }, { loss: near }] = [
      await exact.train(examplesOf(exact)),
      await rounded.train(examplesOf(rounded)),
    ];
    expect(near).not.toBe(loss);
    // bfloat16 has 8 bits of mantissa: 2⁻⁹, two in a thousand, of each product.
    expect(Math.abs(near / loss - 1)).toBeLessThan(0.02);
  });

  it("go on from a snapshot to the very same bits", async () => {
    const whole = trainerOf("bfloat16");
    for (let step = 0; step < 6; step++) await whole.train(examplesOf(whole));
    const first = trainerOf("bfloat16");
    for (let step = 0; step < 3; step++) await first.train(examplesOf(first));
    const second = trainerOf("bfloat16");
    second.restore(await first.snapshot(), "a snapshot");
    for (let step = 3; step < 6; step++) await second.train(examplesOf(second));
    const [expected, found] = [await whole.snapshot(), await second.snapshot()];
    for (const [vector, values] of expected.vectors) expect(found.vectors.get(vector)).toEqual(values);
  });

  it("leave the measuring of statistics in float32", async () => {
    async function* batches(trainer: Trainer) {
      yield examplesOf(trainer);
    }
    const [exact, rounded] = [trainerOf("float32"), trainerOf("bfloat16")];
    const expected = await exact.reestimateBatchNorm(batches(exact));
    const found = await rounded.reestimateBatchNorm(batches(rounded));
    for (const [name, values] of expected) expect(found.get(name)).toEqual(values);
    expect(tf.getBackend()).toBe("tensorflow");
  });
});
