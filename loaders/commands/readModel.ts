import { isModelName, modelByName, modelNames } from "../../src/architecture/families/modelByName.js";
import type { ModelOptions } from "../../src/architecture/families/options.js";
import type { Model } from "../../src/architecture/model/model.js";
import { parseModel } from "../../src/architecture/model/parseModel.js";
import { parseJson } from "../files/json.js";
import { readOrExplain } from "../files/readOrExplain.js";
import { nearestName } from "./nearestName.js";

/** The field of a model JSON that corresponds to an option of named models. */
const fields = {
  width: "backbone.widthMultiplier",
  alpha: "backbone.alpha",
  endpoints: "backbone.endpointWidth",
  headFilters: "head.width",
  headConvolutions: "head.convolutions",
  repeats: "backbone.repeats",
  activation: "backbone.activation",
  padding: "padding",
  head: "head",
} as const satisfies Partial<Record<keyof ModelOptions, string>>;

/**
 * The model with this name, or in this model JSON file.
 *
 * @param nameOrPath a published name, or a path: anything with a slash or ending in ".json"
 * @param options changes to a named model; in a model JSON only `size` and `classes` can be overridden
 * @throws Error if there is no such name, if the file cannot be read or breaks a rule, or if an option does not apply
 */
export async function readModel(nameOrPath: string, options: ModelOptions = {}): Promise<Model> {
  if (isModelName(nameOrPath)) {
    const model = modelByName(nameOrPath, options);
    if (options.alpha !== undefined && model.backbone.family !== "scale-permuted") {
      throw new Error(
        `${nameOrPath}: "alpha" scales SpineNet's cross-scale connections, which this network does not have; remove it`,
      );
    }
    // Options can break a rule that the original model obeys.
    return parseModel(model, nameOrPath);
  }
  if (!isPath(nameOrPath)) {
    throw new Error(
      `No model is called "${nameOrPath}"; did you mean "${nearestName(nameOrPath, modelNames)}"? ` +
        `Names: ${modelNames.join(", ")}. The path of a model JSON ends in ".json".`,
    );
  }
  return readModelFile(nameOrPath, options);
}

function isPath(text: string): boolean {
  return text.endsWith(".json") || /[\\/]/.test(text);
}

async function readModelFile(file: string, options: ModelOptions): Promise<Model> {
  for (const [option, field] of Object.entries(fields)) {
    if (options[option as keyof typeof fields] !== undefined) {
      throw new Error(
        `${file}: "${option}" only applies to named models; in a model JSON, change "${field}"`,
      );
    }
  }
  const model = parseModel(parseJson((await readOrExplain(file)).toString("utf8"), file), file);
  const { size = model.inputSize, classes = model.classes } = options;
  const inputSize: Model["inputSize"] = typeof size === "number" ? [size, size] : [size[0], size[1]];
  return parseModel({ ...model, inputSize, classes }, file);
}
