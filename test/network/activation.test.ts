import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { ActivationKind } from "../../src/architecture/layers/layer.js";
import { activate } from "../../src/network/activation.js";
import { plainOperations, testedEngines } from "../loaders/engine/engines.js";
import { skippedFor } from "../skippedFor.js";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const clip = (x: number): number => Math.min(6, Math.max(0, x));
const functions: Record<ActivationKind, (x: number) => number> = {
  relu: (x) => Math.max(0, x),
  relu6: clip,
  sigmoid,
  swish: (x) => x * sigmoid(x),
  "hard-sigmoid": (x) => clip(x + 3) * 0.16667,
  "hard-swish": (x) => (x * clip(x + 3)) / 6,
};
const kinds: ActivationKind[] = ["relu", "relu6", "sigmoid", "swish", "hard-sigmoid", "hard-swish"];

// 0.05 beside the kinks at -3, 0, 3 and 6; 203 values, which no four divide.
const points = Array.from({ length: 203 }, (_, index) => (index - 101) / 10 + 0.05);

for (const { name, skipped, start } of [...(await testedEngines()), plainOperations]) {
  describe(`an activation on ${name}`, skippedFor(skipped), () => {
    beforeAll(start);

    for (const kind of kinds) {
      it(`computes ${kind}`, () => {
        const values = tf.tidy(() => Array.from(activate(tf.tensor1d(points), kind).dataSync()));
        values.forEach((value, index) => {
          const right = functions[kind](Math.fround(points[index]!));
          expect(Math.abs(value - right)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(right)));
        });
      });

      it(`has the gradient of ${kind}'s differences`, () => {
        const slopes = tf.tidy(() => {
          const x = tf.tensor1d(points);
          return Array.from(
            tf
              .grad(() => activate(x, kind))(x, tf.fill([points.length], 3))
              .dataSync(),
          );
        });
        const step = 1e-4;
        slopes.forEach((slope, index) => {
          const x = points[index]!;
          const measured = (functions[kind](x + step) - functions[kind](x - step)) / (2 * step);
          expect(slope).toBeCloseTo(3 * measured, 4);
        });
      });

      const stock = name === "plain operations" ? "tfjs's own wasm relu6 turns NaN into zero" : "";
      it(`hands on what is no number through ${kind}`, skippedFor(stock), () => {
        const value = tf.tidy(() => activate(tf.tensor1d([Number.NaN, 1]), kind).dataSync()[0]);
        expect(value).toBeNaN();
      });
    }

    it("keeps far values finite", () => {
      const far = tf.tidy(() =>
        Array.from(activate(tf.tensor1d([-1e4, -100, 100, 1e4]), "swish").dataSync()),
      );
      expect(far.map((value) => Math.round(value * 1e6) / 1e6 + 0)).toEqual([0, 0, 100, 10000]);
    });

    it("leaves no tensor behind", () => {
      const x = tf.tensor1d(points);
      const before = tf.memory().numTensors;
      for (const kind of kinds) tf.grad(() => activate(x, kind))(x).dispose();
      expect(tf.memory().numTensors).toBe(before);
      x.dispose();
    });
  });
}
