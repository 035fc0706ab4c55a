import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { modelByName } from "../../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../../src/architecture/layers/tensors.js";
import { fitActivation } from "../../../../src/checkpoints/tensorflow/conversion/activationFit.js";
import { decodeWeights } from "../../../../src/checkpoints/weights.js";
import { initialValues } from "../../../../src/network/initialise.js";

const reader = (values: ReadonlyMap<string, Float32Array>) => async (name: string) => values.get(name)!;

describe("the activation that fits a network's statistics", () => {
  it("is ReLU for a network trained with it", async () => {
    const file = "data/weights/scenes-spinenet-49-seed1.safetensors";
    const { model, values } = decodeWeights(await readFile(file), file);
    expect(model.backbone.activation).toBe("relu");
    const fit = await fitActivation(model, reader(values));
    expect(fit?.kind).toBe("relu");
    expect(fit?.explained.relu).toBeGreaterThan(0.9);
    expect(fit?.explained.swish).toBeLessThan(0.9);
  });

  const swish = (x: number) => x / (1 + Math.exp(-x));
  it.each([
    ["swish", swish],
    ["relu", (x: number) => Math.max(x, 0)],
  ] as const)("is %s for means of many random inputs after it", async (kind, activated) => {
    const model = modelByName("spinenet-49", { width: 0.1, endpoints: 8, headFilters: 8, classes: 3 });
    const layers = layersOf(model);
    const values = new Map(initialValues(tensorsOf(layers), 5));
    // A uniform value of the same deviation is not the normal one that the fit supposes.
    const samples = Array.from({ length: 200 }, (_, index) => Math.sqrt(12) * ((index + 0.5) / 200 - 0.5));
    for (const { name, op, inputs, label } of layers) {
      // A block's last convolution reads what its second batch norm and an activation give.
      if (op !== "conv" || !(label === "conv3" || label === "expand")) continue;
      const before = inputs[0]!.replace(/Activation$/, "Norm");
      if (!values.has(`${before}/beta`)) continue;
      const beta = values.get(`${before}/beta`)!.map((_, channel) => Math.sin(channel) / 2);
      values.set(`${before}/beta`, beta);
      const kernel = values.get(`${name}/kernel`)!;
      const mean = values.get(`${name}Norm/mean`)!;
      const inputMeans = beta.map((shift) => samples.reduce((sum, z) => sum + activated(shift + z), 0) / 200);
      values.set(
        `${name}Norm/mean`,
        mean.map((_, output) =>
          inputMeans.reduce((sum, x, input) => sum + x * kernel[input * mean.length + output]!, 0),
        ),
      );
    }
    const fit = await fitActivation(model, reader(values));
    expect(fit?.kind).toBe(kind);
    expect(fit?.explained[kind]).toBeGreaterThan(0.8);
  });

  it("is none for an untrained network, whose moving means are zeros", async () => {
    const model = modelByName("spinenet-49", { width: 0.1, endpoints: 8, headFilters: 8, classes: 3 });
    expect(await fitActivation(model, reader(initialValues(tensorsOf(layersOf(model)), 1)))).toBeNull();
  });
});
