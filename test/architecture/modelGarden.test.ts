import { expect, test } from "vitest";
import { isModelName, modelByName } from "../../src/architecture/families/modelByName.js";
import { layersOf } from "../../src/architecture/layers/layersOf.js";
import { sizeOf, tensorsOf } from "../../src/architecture/layers/tensors.js";
import { modelGarden } from "../reference/modelGarden/passes.js";

for (const [name, counts] of Object.entries(modelGarden.parameters)) {
  test(`${name} has as many parameters as the Model Garden's`, () => {
    if (!isModelName(name)) throw new Error(`${name} is not a model's name.`);
    const specs = tensorsOf(layersOf(modelByName(name, { size: 128 })));
    const count = (trainable: boolean) =>
      specs.filter((spec) => spec.trainable === trainable).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    expect({ trainable: count(true), statistics: count(false) }).toEqual(counts);
  });
}
