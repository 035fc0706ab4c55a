import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { skippedFor } from "../../skippedFor.js";
import { testedEngines } from "./engines.js";
import { expectGradients, noiseTensor } from "./finiteDifferences.js";

for (const { name, skipped, start } of await testedEngines()) {
  describe(`a convolution on ${name}`, skippedFor(skipped), () => {
    beforeAll(start);
    afterAll(() => tf.disposeVariables());

    const sizes = [
      [7, 6],
      [8, 5],
    ] as const;
    for (const kernel of [1, 3, 5, 7]) {
      for (const stride of [1, 2]) {
        it(`of kernel ${kernel} and stride ${stride} has the gradients of its differences with 'same' padding`, () => {
          for (const [height, width] of sizes) {
            for (const [inChannels, outChannels] of [
              [3, 5],
              [8, 13],
            ] as const) {
              const x = noiseTensor<tf.Rank.R4>([2, height, width, inChannels], 1);
              const filter = noiseTensor<tf.Rank.R4>([kernel, kernel, inChannels, outChannels], 2);
              expectGradients((a, b) => tf.conv2d(a!, b!, stride, "same"), [x, filter]);
              tf.dispose([x, filter]);
            }
          }
        });

        it(
          `of kernel ${kernel} and stride ${stride} has the gradients of its differences with padding around`,
          skippedFor(name === "native" ? 'TensorFlow\'s backend takes "same" and "valid" padding only' : ""),
          () => {
            const around = Math.floor(kernel / 2);
            const paddings = [
              [around, around],
              [0, kernel - 1],
              [kernel - 1, 1],
            ] as const;
            for (const [height, width] of sizes) {
              for (const [before, after] of paddings) {
                const pad: tf.backend_util.ExplicitPadding = [
                  [0, 0],
                  [before, after],
                  [after, before],
                  [0, 0],
                ];
                const x = noiseTensor<tf.Rank.R4>([2, height, width, 3], 3);
                const filter = noiseTensor<tf.Rank.R4>([kernel, kernel, 3, 6], 4);
                expectGradients((a, b) => tf.conv2d(a!, b!, stride, pad), [x, filter]);
                tf.dispose([x, filter]);
              }
            }
          },
        );

        it(`of kernel ${kernel} and stride ${stride}, a channel at a time, has the gradients of its differences`, () => {
          for (const [height, width] of sizes) {
            for (const multiplier of [1, 2]) {
              const x = noiseTensor<tf.Rank.R4>([2, height, width, 5], 5);
              const filter = noiseTensor<tf.Rank.R4>([kernel, kernel, 5, multiplier], 6);
              expectGradients((a, b) => tf.depthwiseConv2d(a!, b!, stride, "same"), [x, filter]);
              tf.dispose([x, filter]);
            }
          }
        });
      }
    }

    it("sums filter gradients over more pixels than one block holds", () => {
      // Every pixel of x and dy is 1, so the centre tap sums 3 images of 20 by 30 pixels: 1800. The tap above
      // it misses a line of 30 in each: 1710.
      const x = tf.ones<tf.Rank.R4>([3, 20, 30, 4]);
      const filter = tf.zeros<tf.Rank.R4>([3, 3, 4, 9]);
      const gradient = tf.grad(() => tf.conv2d(x, filter, 1, "same"))(filter);
      const [above, , centre] = [0, 0, 1].map((row) => gradient.dataSync()[(row * 3 + 1) * 36]);
      expect([above, centre]).toEqual([1710, 1800]);
      tf.dispose([x, filter, gradient]);
    });
  });
}
