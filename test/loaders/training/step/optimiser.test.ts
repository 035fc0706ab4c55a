import * as tf from "@tensorflow/tfjs-core";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../../loaders/engine/startEngine.js";
import {
  optimise,
  optimiserSchema,
  ratesOf,
  slotNames,
} from "../../../../loaders/training/step/optimiser.js";
import type { Slots } from "../../../../loaders/training/step/optimiserState.js";

/** The parameters after each step from 1 and 2, of which the first alone decays, by constant gradients. */
function course(
  settings: unknown,
  gradients: readonly (readonly [number, number])[],
  rate: number,
): number[][] {
  return tf.tidy(() => {
    const optimiser = v.parse(optimiserSchema, settings);
    const mask = tf.tensor1d([1, 0]);
    let parameters = tf.tensor1d([1, 2]);
    let slots: Slots = new Map(slotNames(optimiser).map((name) => [name, tf.zeros<tf.Rank.R1>([2])]));
    return gradients.map((gradient, step) => {
      const rates = tf.tensor1d(ratesOf(optimiser, rate, step));
      const update = optimise(optimiser, parameters, tf.tensor1d([...gradient]), slots, mask, rates);
      ({ parameters, slots } = update);
      return Array.from(parameters.dataSync());
    });
  });
}

function expectCourse(found: number[][], expected: number[][]): void {
  expect(found.length).toBe(expected.length);
  found.flat().forEach((value, index) => {
    expect(value).toBeCloseTo(expected.flat()[index]!, 5);
  });
}

describe("an optimiser", () => {
  beforeAll(async () => {
    await startEngine("wasm");
  });

  it("descends with momentum", () => {
    // Velocity 1, then 0.9 + 1 = 1.9: 1 − 0.1 = 0.9, then 0.9 − 0.19 = 0.71. The other's is −1, then −1.9.
    expectCourse(
      course(
        { kind: "sgd", momentum: 0.9 },
        [
          [1, -1],
          [1, -1],
        ],
        0.1,
      ),
      [
        [0.9, 2.1],
        [0.71, 2.29],
      ],
    );
  });

  it("looks ahead with Nesterov's momentum", () => {
    // Velocity 1: direction 1 + 0.9 = 1.9. Velocity 1.9: direction 1 + 0.9 · 1.9 = 2.71.
    expectCourse(
      course(
        { kind: "sgd", momentum: 0.9, nesterov: true },
        [
          [1, 0],
          [1, 0],
        ],
        0.1,
      ),
      [
        [0.81, 2],
        [0.539, 2],
      ],
    );
  });

  it("adds weight decay to the gradient of what decays, in gradient descent", () => {
    // 0.5 · 1 + 1 = 1.5, so 1 − 0.15 = 0.85; then 0.5 · 0.85 + 1 = 1.425 and velocity 0.9 · 1.5 + 1.425 = 2.775.
    expectCourse(
      course(
        { kind: "sgd", momentum: 0.9, weightDecay: 0.5 },
        [
          [1, 0],
          [1, 0],
        ],
        0.1,
      ),
      [
        [0.85, 2],
        [0.5725, 2],
      ],
    );
  });

  it("takes AdamW's steps", () => {
    const adam = { kind: "adamw", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
    // Step 1: first 0.2 / 0.1 = 2, second 0.04 / 0.01 = 4, so 2 / √4 = 1: whatever its size, a first gradient moves
    // by the rate. Step 2, gradient −1: first 0.9 · 0.2 − 0.1 = 0.08, over 1 − 0.81 = 0.19 is 0.421053; second
    // 0.99 · 0.04 + 0.01 = 0.0496, over 1 − 0.9801 = 0.0199 is 2.492462, its root 1.578753; 0.266699.
    expectCourse(
      course(
        adam,
        [
          [2, -2],
          [-1, 1],
        ],
        0.1,
      ),
      [
        [0.9, 2.1],
        [0.9 - 0.0266699, 2.1 + 0.0266699],
      ],
    );
  });

  it("takes weight decay off what decays directly, in AdamW", () => {
    // 1 − 0.1 − 0.1 · 0.5 · 1 = 0.85, then 0.85 − 0.1 − 0.05 · 0.85 = 0.7075; the other by its gradient alone.
    expectCourse(
      course(
        { kind: "adamw", weightDecay: 0.5 },
        [
          [2, 2],
          [2, 2],
        ],
        0.1,
      ),
      [
        [0.85, 1.9],
        [0.7075, 1.8],
      ],
    );
  });
});
