import type { Model } from "../model/model.js";
import type { ModelOptions } from "./options.js";
import { assemble, type Published } from "./published.js";
import { resNetModels } from "./resNet.js";
import { scalePermutedModels } from "./spineNet.js";
import { mobileModels } from "./spineNetMobile.js";

const published = { ...scalePermutedModels, ...mobileModels, ...resNetModels };

export type ModelName = keyof typeof published;

/** Every name that {@link modelByName} takes. */
export const modelNames = Object.keys(published) as readonly ModelName[];

export function isModelName(name: string): name is ModelName {
  return Object.hasOwn(published, name);
}

/** A published model, with a caller's options laid over it. */
export function modelByName(name: ModelName, options: ModelOptions = {}): Model {
  const entry: Published = published[name];
  return assemble(entry, options);
}
