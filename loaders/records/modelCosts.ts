import { costsOf } from "../../src/architecture/costs/costs.js";
import { isModelName, modelByName } from "../../src/architecture/families/modelByName.js";
import type { ModelOptions } from "../../src/architecture/families/options.js";
import { layersOf } from "../../src/architecture/layers/layersOf.js";
import type { Model } from "../../src/architecture/model/model.js";

export interface ModelCosts {
  /** Trainable, millions. */
  readonly parametersM: number;
  /** Of one image, billions. */
  readonly multiplyAddsB: number;
}

/**
 * What a published model costs by this project's own layer list.
 *
 * @throws Error if no model has that name.
 */
export function modelCosts(modelId: string, options: ModelOptions = {}): ModelCosts {
  if (!isModelName(modelId))
    throw new Error(`there is no model "${modelId}": modelId must name a known model, or be empty`);
  return costsOfModel(modelByName(modelId, options));
}

/** What a model costs by this project's own layer list. */
export function costsOfModel(model: Model): ModelCosts {
  const { parameters, multiplyAdds } = costsOf(layersOf(model));
  return { parametersM: parameters.trainable / 1e6, multiplyAddsB: multiplyAdds / 1e9 };
}

/**
 * What a published RetinaNet costs as its table counts it.
 *
 * Table 2's SpineNet-49S has endpoints of 256 channels, as its released checkpoint, where code and text say 128
 * (issue 767 of tensorflow/tpu); only with 256 do parameters and multiply-adds agree.
 */
export function publishedDetectorCosts(modelId: string, resolution: number | null): ModelCosts {
  const endpoints = modelId === "spinenet-49s" ? 256 : undefined;
  return modelCosts(modelId, { size: resolution ?? undefined, endpoints });
}

/** What a published classifier of 224 px images costs; this size needs TF1's resampling ("symmetric" padding). */
export function publishedClassifierCosts(modelId: string, classes: number): ModelCosts {
  return modelCosts(modelId, { head: "classifier", size: 224, padding: "symmetric", classes });
}
