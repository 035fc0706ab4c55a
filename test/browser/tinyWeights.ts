import { modelByName } from "../../src/architecture/families/modelByName.js";
import { layersOf } from "../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../src/architecture/layers/tensors.js";
import { encodeWeights } from "../../src/checkpoints/weights.js";
import { imageNetDeviation, imageNetMean } from "../../src/detection/letterbox.js";
import { initialValues } from "../../src/network/initialise.js";

/**
 * An untrained SpineNet-49 of 128 pixels, small enough for a GPU that is only emulated. What it finds means
 * nothing, but it finds much: a smaller variance lets signals through the norms, which no training has set, and a
 * larger last kernel spreads the scores from 0 to 1.
 */
export function tinyWeights(names: readonly [string, string] = ["one", "two"]): Uint8Array {
  const model = modelByName("spinenet-49", {
    size: 128,
    width: 0.0625,
    stemWidth: 8,
    endpoints: 16,
    headFilters: 16,
    headConvolutions: 1,
    classes: 2,
    activation: "relu",
  });
  const values = initialValues(tensorsOf(layersOf(model)), 5);
  for (const [name, value] of values) {
    if (name.endsWith("/variance")) value.fill(0.35);
    if (name === "head/classPredict/kernel") value.set(value.map((weight) => 12 * weight));
  }
  const classes = names.map((name, channel) => ({ channel, categoryId: channel + 1, name }));
  return encodeWeights(
    {
      model,
      values,
      classes,
      preprocessing: { mean: [...imageNetMean], deviation: [...imageNetDeviation] },
      run: "tiny",
    },
    "F32",
  );
}
