import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { skippedFor } from "../../skippedFor.js";
import { testedEngines } from "./engines.js";
import { expectGradients, noise, noiseTensor } from "./finiteDifferences.js";

for (const { name, skipped, start } of await testedEngines()) {
  describe(`resampling on ${name}`, skippedFor(skipped), () => {
    beforeAll(start);

    function poolGradient(values: number[], shape: [number, number], size: number, stride: number): number[] {
      return tf.tidy(() => {
        const x = tf.tensor4d(values, [1, ...shape, 1]);
        return Array.from(
          tf
            .grad(() => tf.maxPool(x, size, stride, "same"))(x)
            .dataSync(),
        );
      });
    }

    it("gives a max pool's gradient to the maximum of a window that holds only negatives", () => {
      expect(poolGradient([-4, -3, -2, -8], [2, 2], 2, 2)).toEqual([0, 0, 1, 0]);
    });

    it("gives a max pool's gradient to the first of equal maxima, row by row", () => {
      expect(poolGradient([1, 5, 5, 5], [2, 2], 2, 2)).toEqual([0, 1, 0, 0]);
      expect(poolGradient([0, 0, 0, 0], [2, 2], 2, 2)).toEqual([1, 0, 0, 0]);
    });

    it("adds the gradients of overlapping windows that share a maximum", () => {
      // Rows of 5 by a 3-wide window at stride 2, one zero of padding a side: windows [9 0], [0 9 0], [0 0].
      expect(poolGradient([0, 9, 0, 0, 1], [1, 5], 3, 2)).toEqual([0, 2, 0, 0, 1]);
    });

    it("has the gradients of its differences for max pooling of 3 by 3 at stride 2", () => {
      for (const [height, width] of [
        [7, 6],
        [8, 5],
      ] as const) {
        for (const offset of [0, -5]) {
          const count = 2 * height * width * 5;
          // Distinct values, a tenth apart and more, so that no small step changes which is the maximum.
          const order = Array.from(noise(count, 8), (value, index) => ({ value, index }));
          order.sort((a, b) => a.value - b.value);
          const values = new Float32Array(count);
          order.forEach(({ index }, rank) => {
            values[index] = (rank / 10 / count) * 40 + offset;
          });
          const x = tf.tensor4d(values, [2, height, width, 5]);
          expectGradients((a) => tf.maxPool(a!, 3, 2, "same"), [x], { step: 1e-3, tolerance: 2e-3 });
          x.dispose();
        }
      }
    });

    it("has the gradients of its differences for nearest upsampling of several images", () => {
      const x = noiseTensor<tf.Rank.R4>([3, 3, 4, 5], 9);
      expectGradients((a) => tf.image.resizeNearestNeighbor(a!, [6, 8]), [x]);
      expectGradients((a) => tf.image.resizeNearestNeighbor(a!, [12, 16]), [x]);
      x.dispose();
    });

    it("has the gradients of its differences for average pooling", () => {
      const x = noiseTensor<tf.Rank.R4>([2, 7, 6, 3], 10);
      expectGradients((a) => tf.avgPool(a!, 3, 2, "same"), [x]);
      expectGradients((a) => tf.mean(a!, [1, 2]), [x]);
      x.dispose();
    });

    it("adds the gradients of rows that are gathered twice", () => {
      const gradient = tf.tidy(() => {
        const x = tf.tensor2d([
          [1, 2],
          [3, 4],
          [5, 6],
        ]);
        return tf
          .grad(() => tf.gather(x, tf.tensor1d([2, 0, 2], "int32")))(x)
          .arraySync();
      });
      expect(gradient).toEqual([
        [1, 1],
        [0, 0],
        [2, 2],
      ]);
    });
  });
}
