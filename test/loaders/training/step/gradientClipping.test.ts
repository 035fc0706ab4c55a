import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../../loaders/engine/startEngine.js";
import { clipByNorm } from "../../../../loaders/training/step/gradientClipping.js";

describe("gradient clipping", () => {
  beforeAll(async () => {
    await startEngine("wasm");
  });

  it("scales a gradient with a norm above the limit down to it, and leaves others unchanged", () => {
    const clipped = (values: number[], limit: number) =>
      tf.tidy(() => Array.from(clipByNorm(tf.tensor1d(values), limit).dataSync()));
    // 3 and 4 have the norm 5.
    expect(clipped([3, 4], 1)).toEqual([0.6, 0.8].map(Math.fround));
    expect(clipped([3, 4], 5)).toEqual([3, 4]);
    expect(clipped([3, 4], 100)).toEqual([3, 4]);
    expect(clipped([0, 0], 1)).toEqual([0, 0]);
  });
});
