import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { ActivationKind } from "../../src/architecture/layers/layer.js";
import { batchNormTraining } from "../../src/network/batchNorm.js";
import { plainOperations, testedEngines } from "../loaders/engine/engines.js";
import { expectGradients, noise, noiseTensor } from "../loaders/engine/finiteDifferences.js";
import { skippedFor } from "../skippedFor.js";

const activations: (ActivationKind | "none")[] = [
  "none",
  "relu",
  "relu6",
  "sigmoid",
  "swish",
  "hard-sigmoid",
  "hard-swish",
];

for (const { name, skipped, start } of [...(await testedEngines()), plainOperations]) {
  describe(`batch norm in training on ${name}`, skippedFor(skipped), () => {
    beforeAll(start);

    it("gives the batch's normalised values, mean and variance", () => {
      // Channel 0 holds 1, 2, 3, 6: mean 3, squares 4 + 1 + 0 + 9 = 14, variance 3.5. Channel 1 is constant.
      const x = tf.tensor4d([1, 5, 2, 5, 3, 5, 6, 5], [2, 2, 1, 2]);
      const { y, mean, variance } = batchNormTraining(
        x,
        tf.tensor1d([2, 1]),
        tf.tensor1d([10, 7]),
        0.5,
        "none",
      );
      expect(Array.from(mean.dataSync())).toEqual([3, 5]);
      expect(variance.dataSync()[0]).toBeCloseTo(3.5, 6);
      expect(variance.dataSync()[1]).toBeCloseTo(0, 6);
      // Deviation sqrt(3.5 + 0.5) = 2, so y = 2 (x - 3) / 2 + 10 = x + 7.
      const expected = [8, 7, 9, 7, 10, 7, 13, 7];
      y.dataSync().forEach((value, index) => {
        expect(value).toBeCloseTo(expected[index]!, 5);
      });
      tf.dispose([x, y, mean, variance]);
    });

    it("keeps the variance's digits where the mean is large beside it", () => {
      const values = noise(1000, 3).map((value) => 4000 + value);
      const average = values.reduce((sum, value) => sum + value, 0) / 1000;
      const right = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / 1000;
      const variance = tf.tidy(() => {
        const x = tf.tensor4d(values, [1, 10, 100, 1]);
        return batchNormTraining(x, tf.ones([1]), tf.zeros([1]), 1e-3, "none").variance.dataSync()[0]!;
      });
      expect(Math.abs(variance / right - 1)).toBeLessThan(1e-3);
    });

    for (const activation of ["none", "sigmoid", "swish"] as const) {
      it(`followed by ${activation} has the gradients of its differences`, () => {
        // 6 channels, which four do not divide; 2 × 13 × 11 = 286 pixels, more than one block of sums.
        const x = noiseTensor<tf.Rank.R4>([2, 13, 11, 6], 11);
        const gamma = noiseTensor<tf.Rank.R4>([1, 1, 1, 6], 12);
        const beta = noiseTensor<tf.Rank.R4>([1, 1, 1, 6], 13);
        const flat = (each: tf.Tensor | undefined): tf.Tensor1D => tf.reshape(each!, [6]);
        expectGradients(
          (a, g, b) => batchNormTraining(a!, flat(g), flat(b), 1e-3, activation).y,
          [x, gamma, beta],
          { step: 2e-3, tolerance: 1e-2 },
        );
        tf.dispose([x, gamma, beta]);
      });
    }

    for (const activation of activations) {
      it(`followed by ${activation} agrees with plain operations and their gradients`, () => {
        // A kink within a step spoils differences, so the kinked kinds are held to tfjs's own gradients.
        const x = noiseTensor<tf.Rank.R4>([2, 13, 11, 6], 15);
        const gamma = tf.tidy(() => tf.mul<tf.Tensor1D>(noiseTensor<tf.Rank.R1>([6], 16), 4));
        const beta = tf.tidy(() => tf.mul<tf.Tensor1D>(noiseTensor<tf.Rank.R1>([6], 17), 4));
        const weights = noiseTensor<tf.Rank.R4>([2, 13, 11, 6], 18);
        const inputs = [x, gamma, beta];
        const results = (y: () => tf.Tensor): number[] =>
          tf.tidy(() => {
            const gradients = tf.grads(y)(inputs, weights);
            return [y(), ...gradients].flatMap((each) => Array.from(each.dataSync()));
          });
        const ours = results(() => batchNormTraining(x, gamma, beta, 1e-3, activation).y);
        const plain = results(() => plainBatchNorm(x, gamma, beta, activation));
        expect(ours.length).toBe(plain.length);
        ours.forEach((value, index) => {
          expect(Math.abs(value - plain[index]!)).toBeLessThan(2e-4 * (1 + Math.abs(plain[index]!)));
        });
        tf.dispose([x, gamma, beta, weights]);
      });
    }

    it("leaves no tensor behind but what it returns", () => {
      const x = noiseTensor<tf.Rank.R4>([2, 3, 3, 4], 14);
      const [gamma, beta] = [tf.ones<tf.Rank.R1>([4]), tf.zeros<tf.Rank.R1>([4])];
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        tf.grads(() => batchNormTraining(x, gamma, beta, 1e-3, "swish").y)([x, gamma, beta]);
      });
      expect(tf.memory().numTensors).toBe(before);
      const { y, mean, variance } = batchNormTraining(x, gamma, beta, 1e-3, "swish");
      expect(tf.memory().numTensors).toBe(before + 3);
      tf.dispose([x, gamma, beta, y, mean, variance]);
    });
  });
}

function plainBatchNorm(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  activation: ActivationKind | "none",
): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, [0, 1, 2]));
  const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), [0, 1, 2]), 1e-3));
  const z = tf.add(tf.mul(tf.div(centred, deviation), gamma), beta);
  const clipped = (): tf.Tensor => tf.clipByValue(tf.add(z, 3), 0, 6);
  switch (activation) {
    case "none":
      return z;
    case "relu":
      return tf.relu(z);
    case "relu6":
      return tf.clipByValue(z, 0, 6);
    case "sigmoid":
      return tf.sigmoid(z);
    case "swish":
      return tf.mul(z, tf.sigmoid(z));
    case "hard-sigmoid":
      return tf.mul(clipped(), 0.16667);
    case "hard-swish":
      return tf.mul(z, tf.div(clipped(), 6));
  }
}
