import { isModelName, modelByName } from "../../src/architecture/families/modelByName.js";
import type { Model } from "../../src/architecture/model/model.js";
import type { PlanOptions } from "../../src/checkpoints/tensorflow/conversion/conversionPlan.js";
import { inLayout, type RecognitionOptions } from "../../src/checkpoints/tensorflow/conversion/recognise.js";
import { readModel } from "../commands/readModel.js";

/**
 * The model that a caller names for a checkpoint. A name leaves head, classes and layout to the checkpoint; a model
 * JSON says all of it.
 *
 * @throws Error if there is no such name or file
 */
export async function chosenModel(
  nameOrPath: string,
  { size, activation, epsilon }: RecognitionOptions,
): Promise<Pick<PlanOptions, "model" | "activation">> {
  const read = await readModel(nameOrPath, size === undefined ? {} : { size });
  const adjusted = (model: Model): Model => ({
    ...model,
    backbone: activation === undefined ? model.backbone : { ...model.backbone, activation },
    batchNorm: epsilon === undefined ? model.batchNorm : { ...model.batchNorm, epsilon },
  });
  if (!isModelName(nameOrPath)) {
    const model = adjusted(read);
    return { model: () => model, activation: model.backbone.activation };
  }
  return {
    ...(activation === undefined ? {} : { activation }),
    model({ layout, head, classes }) {
      const padding = layout === "tf1" ? "symmetric" : "same";
      const model = modelByName(nameOrPath, { size: read.inputSize, head, classes, padding });
      return adjusted(inLayout(model, layout));
    },
  };
}
