import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../../loaders/engine/startEngine.js";
import {
  committedCheckpoint,
  committedExpected,
  photographInput,
} from "../../../reference/modelGarden/expected.js";
import { converted, parityOf, relativeError } from "../../../reference/modelGarden/parity.js";

const size = 256;

/** Share of a map's standard deviation by which a value may differ; of those below, ours differ by less than half. */
const tolerances = {
  "narrow-spinenet-49": 1e-4,
  "narrow-resnet-50-fpn": 1e-4,
  "narrow-spinenet-mobile-49": 1e-4,
};

describe("a converted checkpoint of the Model Garden's", () => {
  let pixels: tf.Tensor4D;
  beforeAll(async () => {
    await startEngine("wasm");
    pixels = tf.tensor4d(await photographInput(size), [1, size, size, 3]);
  });

  for (const [name, tolerance] of Object.entries(tolerances)) {
    it(`computes from a photograph what the Model Garden does: ${name}`, async () => {
      const expected = committedExpected(name);
      expect(relativeError(pixels, expected.get("pixels")!)).toBeLessThan(1e-5);
      const weights = await converted(committedCheckpoint(name), size, "F32");
      const { maps, boxes } = parityOf(weights, pixels, expected);
      expect(Object.keys(maps).sort()).toEqual(["box", "class", "feature"]);
      expect(Object.entries(maps).filter(([, error]) => !(error < tolerance))).toEqual([]);
      expect(boxes!.expected).toBeGreaterThan(80);
      expect(boxes!.shared).toBeGreaterThanOrEqual(boxes!.expected - 1);
      expect(boxes!.pixels).toBeLessThan(0.05);
      expect(boxes!.score).toBeLessThan(tolerance);
    });
  }
});
