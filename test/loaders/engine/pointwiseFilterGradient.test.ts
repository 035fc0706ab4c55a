import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { skippedFor } from "../../skippedFor.js";
import { testedEngines } from "./engines.js";
import { noiseTensor } from "./finiteDifferences.js";

for (const { name, skipped, start } of await testedEngines()) {
  describe(`a strided 1×1 convolution's filter gradient on ${name}`, skippedFor(skipped), () => {
    beforeAll(start);

    // TensorFlow 2.21 writes beyond its memory at the first two, and the process ends within a few calls.
    for (const [channels, filters, size, stride] of [
      [12, 24, 32, 2],
      [8, 24, 32, 2],
      [13, 7, 31, 2],
      [6, 5, 20, 3],
    ] as const) {
      it(`is the sum over the cells that are read, ${channels} to ${filters} channels on ${size}², stride ${stride}`, () => {
        const outSize = Math.ceil(size / stride);
        const x = noiseTensor<tf.Rank.R4>([3, size, size, channels], 1);
        const dy = noiseTensor<tf.Rank.R4>([3, outSize, outSize, filters], 2);
        const filter = tf.zeros<tf.Rank.R4>([1, 1, channels, filters]);
        let last: Float32Array = new Float32Array();
        for (let round = 0; round < 30; round++) {
          last = tf.tidy(() => {
            const convolve = (f: tf.Tensor4D) => tf.conv2d(x, f, stride, "same");
            return tf
              .grad((f: tf.Tensor) => convolve(f as tf.Tensor4D))(filter, dy)
              .dataSync<"float32">();
          });
        }
        const [values, slopes] = [x.dataSync(), dy.dataSync()];
        const expected = new Float64Array(channels * filters);
        for (let image = 0; image < 3; image++) {
          for (let row = 0; row < outSize; row++) {
            for (let column = 0; column < outSize; column++) {
              const read = ((image * size + row * stride) * size + column * stride) * channels;
              const written = ((image * outSize + row) * outSize + column) * filters;
              for (let i = 0; i < channels; i++) {
                for (let o = 0; o < filters; o++) {
                  expected[i * filters + o]! += values[read + i]! * slopes[written + o]!;
                }
              }
            }
          }
        }
        const largest = Math.max(...expected.map(Math.abs));
        last.forEach((value, index) => {
          expect(Math.abs(value - expected[index]!)).toBeLessThan(1e-5 * largest);
        });
        tf.dispose([x, dy, filter]);
      });
    }
  });
}
