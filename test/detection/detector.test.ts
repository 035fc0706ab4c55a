import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../loaders/engine/startEngine.js";
import { modelByName } from "../../src/architecture/families/modelByName.js";
import { graphOf } from "../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../src/architecture/layers/tensors.js";
import type { Weights } from "../../src/checkpoints/weights.js";
import { Detector } from "../../src/detection/detector.js";
import { imageNetDeviation, imageNetMean } from "../../src/detection/letterbox.js";
import { initialValues } from "../../src/network/initialise.js";

const model = modelByName("spinenet-49", {
  size: 128,
  width: 0.05,
  endpoints: 4,
  headFilters: 4,
  classes: 3,
});
const values = initialValues(tensorsOf(graphOf(model).layers), 1);
// Channel 0 is background; of the two classes the second is everywhere, with a probability of 0.9.
values.set(
  "head/classPredict/bias",
  Float32Array.from({ length: 27 }, (_, index) => [5, -9, Math.log(9)][index % 3]!),
);
const weights: Weights = {
  model,
  values,
  classes: [
    { channel: 1, categoryId: 10, name: "cat" },
    { channel: 2, categoryId: 20, name: "dog" },
  ],
  preprocessing: { mean: [...imageNetMean], deviation: [...imageNetDeviation] },
  run: "r",
};
const image = { width: 200, height: 100, channels: 3, data: new Uint8Array(200 * 100 * 3).fill(90) } as const;

describe("a detector", () => {
  beforeAll(async () => {
    await startEngine("wasm");
  });

  it("gives boxes within the image, the names of channels, and no background", async () => {
    const detector = Detector.of(weights);
    expect(detector.inputSize).toEqual([128, 128]);
    const found = await detector.detect(image);
    detector.dispose();
    expect(found.length).toBeGreaterThan(3);
    for (const { bbox, score, categoryId, name } of found) {
      expect([categoryId, name]).toEqual([20, "dog"]);
      expect(score).toBeCloseTo(0.9, 2);
      const [x, y, width, height] = bbox;
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(Math.min(width, height)).toBeGreaterThan(0);
      expect(x + width).toBeLessThanOrEqual(200 + 1e-3);
      expect(y + height).toBeLessThanOrEqual(100 + 1e-3);
    }
  });

  it("decodes boxes inclusively if its model says so, as those of TF1 checkpoints", async () => {
    const { head } = model;
    if (head.kind !== "retinanet") throw new Error("The model has a RetinaNet head.");
    // Every box is e^0.5 = 1.6487 times its anchor.
    const codes = Float32Array.from({ length: 36 }, (_, index) => (index % 4 < 2 ? 0 : 0.5));
    const large = { ...weights, values: new Map(values).set("head/boxPredict/bias", codes) };
    const inclusive = { ...large, model: { ...model, head: { ...head, inclusiveBoxes: true } } };
    const leastWidth = async (detector: Detector): Promise<number> => {
      const widths = (await detector.detect(image)).map(({ bbox: [x, , width] }) =>
        x > 0 && x + width < 199 ? width : 999,
      );
      detector.dispose();
      return Math.min(...widths);
    };
    // Inclusively (w + 1) × 1.6487 − 1, which is 0.6487 wider, or 1.0136 in the image's pixels.
    const [plain, wider] = [await leastWidth(Detector.of(large)), await leastWidth(Detector.of(inclusive))];
    expect(wider - plain).toBeCloseTo(0.6487 * (200 / 128), 2);
  });

  it("refuses weights that need another normalisation", () => {
    const other = { ...weights, preprocessing: { mean: [0, 0, 0], deviation: [1, 1, 1] } } satisfies Weights;
    expect(() => Detector.of(other)).toThrow(
      "The weights need images normalised with the mean 0, 0, 0 and the deviation 1, 1, 1; only 0.485",
    );
  });
});
