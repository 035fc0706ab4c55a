import * as tf from "@tensorflow/tfjs-core";
import { modelByName } from "../../src/architecture/families/modelByName.js";
import { sizeOf, type TensorSpec } from "../../src/architecture/layers/tensors.js";
import type { Model } from "../../src/architecture/model/model.js";
import { randomStream } from "../../src/network/random.js";
import { noiseTensor } from "../loaders/engine/finiteDifferences.js";

const narrow = {
  size: 128,
  width: 0.05,
  stemWidth: 4,
  endpoints: 6,
  headFilters: 6,
  headConvolutions: 1,
  classes: 2,
};

/** One network of each family, and the padding of the TF1 checkpoints: as small as they come, smooth activations. */
export const narrowNetworks: Readonly<Record<string, Model>> = {
  "SpineNet-49": modelByName("spinenet-49", { ...narrow, activation: "swish", dropConnect: 0.2 }),
  "SpineNet-49 with symmetric padding": modelByName("spinenet-49", {
    ...narrow,
    activation: "swish",
    padding: "symmetric",
  }),
  "SpineNet-Mobile-49": modelByName("spinenet-mobile-49", { ...narrow, width: 0.3 }),
  "ResNet-50-FPN": modelByName("resnet-50-fpn", { ...narrow, activation: "swish" }),
};

/** Values that hide no mistake: no statistic, scale or shift is 0 or 1, and no predictor is nearly constant. */
export function lively(specs: readonly TensorSpec[], seed: number): Map<string, Float32Array> {
  return new Map(
    specs.map(({ name, shape, fanIn }) => {
      const random = randomStream(seed, "lively", name);
      const between = (low: number, high: number) =>
        Float32Array.from({ length: sizeOf(shape) }, () => low + (high - low) * random());
      switch (name.slice(name.lastIndexOf("/") + 1)) {
        case "kernel":
          // Of variance 1 / fanIn: a uniform number in ±a has a² / 3.
          return [name, between(-Math.sqrt(3 / fanIn), Math.sqrt(3 / fanIn))];
        case "gamma":
          return [name, between(0.6, 1.4)];
        case "variance":
          return [name, between(0.4, 2)];
        default:
          return [name, between(-0.4, 0.4)];
      }
    }),
  );
}

export function tensorsFrom(
  specs: readonly TensorSpec[],
  values: ReadonlyMap<string, Float32Array>,
): Map<string, tf.Tensor> {
  return new Map(specs.map(({ name, shape }) => [name, tf.tensor(values.get(name)!, [...shape])]));
}

export function noiseImages({ inputSize: [height, width] }: Model, batch: number, seed: number): tf.Tensor4D {
  return noiseTensor<tf.Rank.R4>([batch, height, width, 3], seed);
}
