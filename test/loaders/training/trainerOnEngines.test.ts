import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Program } from "../../../loaders/engine/native/program/program.js";
import { programLibraryOf } from "../../../loaders/engine/native/program/programLibrary.js";
import { startEngine } from "../../../loaders/engine/startEngine.js";
import { Trainer } from "../../../loaders/training/trainer.js";
import { targetsOf } from "../../../src/detection/imageTargets.js";
import { skippedFor } from "../../skippedFor.js";
import { testedEngines } from "../engine/engines.js";
import { noise } from "../engine/finiteDifferences.js";
import { tinyModel, tinyStudy } from "./tinyStudy.js";

const created: Trainer[] = [];

function trainerOf(changes: Parameters<typeof tinyStudy>[0] = {}): Trainer {
  const trainer = new Trainer(tinyStudy(changes), tinyModel, 1);
  created.push(trainer);
  return trainer;
}

/** Images of noise with an object each, other ones each step. */
const examplesOf = ({ anchors }: Trainer, step: number, count = 2) =>
  Array.from({ length: count }, (_, index) => ({
    pixels: noise(64 * 64 * 3, step * count + index),
    targets: targetsOf(anchors, Float32Array.of(8, 8 + 8 * index, 40, 36 + 8 * index), [index % 2]),
  }));

async function lossesOf(trainer: Trainer, steps: number, count?: number): Promise<number[]> {
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    losses.push((await trainer.train(examplesOf(trainer, trainer.step, count))).loss);
  }
  return losses;
}

for (const { name, skipped, start } of await testedEngines()) {
  describe(`a trainer on ${name}`, skippedFor(skipped), () => {
    const reference: Record<string, number[]> = {};
    beforeAll(async () => {
      await startEngine("wasm");
      reference.plain = await lossesOf(trainerOf(), 3);
      reference.accumulated = await lossesOf(trainerOf({ accumulate: 2 }), 3, 4);
      await start();
    });
    afterAll(() => {
      for (const trainer of created.splice(0)) trainer.dispose();
    });

    it("takes the steps that wasm takes, as far as rounding lets it", async () => {
      // The first step's learning rate is 0 and the second's small; from then on AdamW makes much of little.
      const losses = await lossesOf(trainerOf(), 3);
      losses.forEach((loss, step) => {
        expect(Math.abs(loss - reference.plain![step]!)).toBeLessThan(1e-3);
      });
    });

    it("takes steps of several batches as wasm does", async () => {
      const losses = await lossesOf(trainerOf({ accumulate: 2 }), 3, 4);
      losses.forEach((loss, step) => {
        expect(Math.abs(loss - reference.accumulated![step]!)).toBeLessThan(1e-3);
      });
    });

    it("goes on from a snapshot to the very same bits", async () => {
      const whole = trainerOf();
      await lossesOf(whole, 6);
      const first = trainerOf();
      await lossesOf(first, 3);
      const second = trainerOf();
      second.restore(await first.snapshot(), "a snapshot");
      await lossesOf(second, 3);
      const [expected, found] = [await whole.snapshot(), await second.snapshot()];
      expect(found.step).toBe(6);
      for (const [vector, values] of expected.vectors) expect(found.vectors.get(vector)).toEqual(values);
    });

    it("runs its steps as programs where the library and our add-on are there, and only there", async () => {
      const record = vi.spyOn(Program, "record");
      await lossesOf(trainerOf(), 1);
      expect(record.mock.calls.length > 0).toBe(programLibraryOf(tf.backend()) !== undefined);
      if (name === "wasm") expect(record).not.toHaveBeenCalled();
      record.mockRestore();
    });
  });
}
