import { readFile } from "node:fs/promises";
import { isModelName, modelByName, modelNames } from "../../src/architecture/families/named.js";
import type { ModelOptions } from "../../src/architecture/families/options.js";
import type { Model } from "../../src/architecture/model/model.js";
import { parseModel } from "../../src/architecture/model/parseModel.js";
import { checkRules } from "../../src/architecture/model/rules.js";
import { parseJson } from "../files/json.js";
import { readFailure } from "../files/readFailure.js";
import { nearestName } from "./nearestName.js";

/** Where a model JSON says what an option says of a named model. */
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
 * The model of a name, or of a model JSON's path.
 *
 * @param nameOrPath A published name, or a path: anything with a slash or ending in ".json".
 * @param options Laid over a named model; of a model JSON only `size` and `classes` can be changed from outside.
 * @throws Error if there is no such name, if the file cannot be read or breaks a rule, or if an option does not fit.
 */
export async function readModel(nameOrPath: string, options: ModelOptions = {}): Promise<Model> {
  if (isModelName(nameOrPath)) {
    const model = modelByName(nameOrPath, options);
    if (options.alpha !== undefined && model.backbone.family !== "scale-permuted") {
      throw new Error(
        `${nameOrPath}: "alpha" scales SpineNet's resamplings, and this network has none; leave it out`,
      );
    }
    return checked(model, nameOrPath);
  }
  if (!isPath(nameOrPath)) {
    throw new Error(
      `No model is called "${nameOrPath}"; the nearest is "${nearestName(nameOrPath, modelNames)}". ` +
        `Names: ${modelNames.join(", ")}. A model JSON's path ends in ".json".`,
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
        `${file}: "${option}" is an option of named models; in a model JSON, change "${field}"`,
      );
    }
  }
  const model = parseModel(parseJson(await readText(file), file), file);
  const { size = model.inputSize, classes = model.classes } = options;
  const inputSize: Model["inputSize"] = typeof size === "number" ? [size, size] : [size[0], size[1]];
  return checked({ ...model, inputSize, classes }, file);
}

/** Options can break a rule that the model by itself keeps. */
function checked(model: Model, source: string): Model {
  try {
    checkRules(model);
  } catch (error) {
    throw new Error(`${source}: ${(error as Error).message}`, { cause: error });
  }
  return model;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new Error(`${file}: ${readFailure(error)}; check the path.`, { cause: error });
  }
}
