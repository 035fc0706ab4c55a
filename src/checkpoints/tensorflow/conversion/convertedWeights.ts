import { assumedClasses } from "../../cocoClasses.js";
import type { Weights } from "../../weights.js";
import { type Conversion, readConverted } from "./prepareConversion.js";

/** Mean and deviation of RGB in 0 … 1 that both official codes train with. */
const preprocessing: Weights["preprocessing"] = {
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
};

/** Of a classifier with a background channel before ImageNet's classes. */
const imageNetChannels = 1001;

/** All of a weights file but its tensors; what a checkpoint does not say is as in the official codes. */
export function convertedMetadata({ checkpoint, plan: { model } }: Conversion): Omit<Weights, "values"> {
  const background = model.head.kind === "retinanet" || model.classes === imageNetChannels;
  const classes = assumedClasses(model.classes, background);
  const file = checkpoint.index.source.replace(/^.*[\\/]/, "").replace(/\.index$/, "");
  return { model, classes, preprocessing, run: `converted from ${file}` };
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
  return { ...convertedMetadata(conversion), values };
}
