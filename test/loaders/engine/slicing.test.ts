import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { skippedFor } from "../../skippedFor.js";
import { testedEngines } from "./engines.js";

/** The elements of `[0, 1, 2, …]`, laid out as `shape`, whose places lie in the box; the last dimension runs fastest. */
function boxOfCounts(shape: readonly number[], begin: readonly number[], size: readonly number[]): number[] {
  const count = shape.reduce((product, length) => product * length, 1);
  return Array.from({ length: count }, (_, element) => element).filter((element) => {
    let rest = element;
    return shape.toReversed().every((length, fromLast) => {
      const dimension = shape.length - 1 - fromLast;
      const place = rest % length;
      rest = Math.floor(rest / length);
      return place >= begin[dimension]! && place < begin[dimension]! + size[dimension]!;
    });
  });
}

const boxes = [
  { shape: [7], begin: [2], size: [4] },
  { shape: [4, 5], begin: [1, 0], size: [2, 5] },
  { shape: [4, 5], begin: [0, 3], size: [4, 1] },
  { shape: [2, 3, 4, 5], begin: [0, 1, 2, 0], size: [2, 2, 2, 5] },
  { shape: [2, 3, 4, 5], begin: [1, 1, 2, 1], size: [1, 2, 1, 3] },
  { shape: [2, 3, 4, 5], begin: [0, 0, 0, 0], size: [2, 3, 4, 5] },
  { shape: [2, 1, 2, 1, 3, 2], begin: [1, 0, 0, 0, 1, 0], size: [1, 1, 2, 1, 2, 2] },
];

for (const { name, skipped, start } of await testedEngines()) {
  describe(`slicing on ${name}`, skippedFor(skipped), () => {
    beforeAll(start);

    for (const { shape, begin, size } of boxes) {
      for (const dtype of ["float32", "int32"] as const) {
        it(`takes the box of ${size.join("×")} at ${begin.join(", ")} out of ${shape.join("×")} ${dtype}`, () => {
          tf.tidy(() => {
            const counts = tf.range(0, tf.util.sizeFromShape(shape), 1, dtype).reshape(shape);
            const slice = tf.slice(counts, begin, size);
            expect([slice.dtype, slice.shape]).toEqual([dtype, size]);
            expect(Array.from(slice.dataSync())).toEqual(boxOfCounts(shape, begin, size));
          });
        });
      }
    }

    it("takes what follows a start where no size is given", () => {
      tf.tidy(() => {
        expect(Array.from(tf.slice(tf.range(0, 12).reshape([3, 4]), [1, 2]).dataSync())).toEqual([
          6, 7, 10, 11,
        ]);
      });
    });

    it("slices booleans and strings", () => {
      tf.tidy(() => {
        const booleans = tf.tensor1d([true, false, true, true], "bool");
        expect(Array.from(tf.slice(booleans, 1, 2).dataSync())).toEqual([0, 1]);
      });
      // TensorFlow's backend hands strings about as bytes.
      if (name === "native") return;
      tf.tidy(() => {
        expect(tf.slice(tf.tensor1d(["a", "b", "c"]), 1, 2).arraySync()).toEqual(["b", "c"]);
      });
    });

    it("splits along any axis into the sizes given, the last of them counted from the end too", () => {
      tf.tidy(() => {
        const counts = tf.range(0, 12).reshape([3, 4]);
        const values = (parts: tf.Tensor[]) => parts.map((part) => part.arraySync());
        expect(values(tf.split(counts, [1, 2], 0))).toEqual([
          [[0, 1, 2, 3]],
          [
            [4, 5, 6, 7],
            [8, 9, 10, 11],
          ],
        ]);
        expect(values(tf.split(counts, 2, -1))).toEqual([
          [
            [0, 1],
            [4, 5],
            [8, 9],
          ],
          [
            [2, 3],
            [6, 7],
            [10, 11],
          ],
        ]);
      });
    });

    it("leaves no tensor behind", () => {
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        tf.split(tf.range(0, 12), 3);
      });
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
