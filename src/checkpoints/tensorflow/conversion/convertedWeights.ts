import type { Model } from "../../../architecture/model/model.js";
import { assumedClasses } from "../../cocoClasses.js";
import type { Weights } from "../../weights.js";
import { type Conversion, readConverted } from "./prepareConversion.js";

/** Mean and deviation of RGB in 0 … 1 that both official codes train with. */
const preprocessing: Weights["preprocessing"] = {
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
};

/** All of a weights file but its tensors; what a checkpoint does not say is as in the official codes. */
export function convertedMetadata(model: Model, checkpoint: string): Omit<Weights, "values"> {
  const classes = assumedClasses(model.classes, model.head.kind === "retinanet");
  return { model, classes, preprocessing, run: `converted from ${checkpoint}` };
}

/**
 * A checkpoint's weights in memory.
 *
 * @throws CheckpointError as {@link readConverted} does
 */
export async function convertedWeights(conversion: Conversion): Promise<Weights> {
  const values = new Map<string, Float32Array>();
  await readConverted(conversion, (name, _, tensor) => {
    values.set(name, tensor);
  });
  return { ...convertedMetadata(conversion.plan.model, conversion.checkpoint.index.source), values };
}
