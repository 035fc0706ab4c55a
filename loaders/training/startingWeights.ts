import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import * as v from "valibot";
import { backboneTensorsOf } from "../../src/architecture/layers/backboneTensors.js";
import { graphOf } from "../../src/architecture/layers/layersOf.js";
import { type TensorSpec, tensorsOf } from "../../src/architecture/layers/tensors.js";
import type { Model } from "../../src/architecture/model/model.js";
import { type BackboneWeights, decodeBackbone } from "../../src/checkpoints/backbone.js";
import { decodeWeights } from "../../src/checkpoints/weights.js";
import type { Values } from "../../src/network/initialise.js";
import { sha256 } from "../records/provenance.js";
import type { RunRecord } from "../records/record.js";
import { dataFolder } from "../records/records.js";
import { readWeightsBytes } from "../records/weightsFile.js";

export const startSchema = v.strictObject({
  /** A file in the weights folder of the run's output or of `data`, or a path. */
  weights: v.string(),
  /**
   * All tensors, which must match; or those of backbone and pyramid that match, with a new head. The latter may come
   * from whole weights or from an extracted backbone.
   */
  parts: v.picklist(["all", "backbone"]),
});

/** Initial weights of a run, instead of random ones. */
export type Start = v.InferOutput<typeof startSchema>;

/** Initial weights read from a file. */
export interface StartingWeights {
  /** By tensor name; missing ones are drawn at random. */
  readonly values: Values;
  /** As listed in the run's record. */
  readonly origin: NonNullable<RunRecord["start"]>;
}

/**
 * Reads the weights that a study's `from` names, for its model.
 *
 * @param out the folder that the run writes to, which may have the weights of an earlier stage
 * @throws Error naming the file and the tensor that does not match
 */
export async function readStart(
  { weights: given, parts }: Start,
  model: Model,
  out: string,
): Promise<StartingWeights> {
  const file = pathOf(given, out);
  const bytes = await readWeightsBytes(file);
  const weights = parts === "all" ? decodeWeights(bytes, file) : decodeBackbone(bytes, file);
  const values = parts === "all" ? everyTensor(weights, model, file) : backboneTensors(weights, model, file);
  return {
    values,
    origin: {
      weights: basename(file),
      sha256: sha256(bytes),
      run: weights.run,
      parts,
      tensors: values.size,
    },
  };
}

function pathOf(given: string, out: string): string {
  if (given !== basename(given)) return given;
  const made = join(out, "weights", given);
  return existsSync(made) ? made : join(dataFolder, "weights", given);
}

/** @throws Error naming the file and the first tensor that is missing, unexpected, or of another shape. */
function everyTensor({ model: from, values }: BackboneWeights, model: Model, file: string): Values {
  const [theirs, ours] = [shapesOf(from), shapesOf(model)];
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const [found, needed] = [theirs.get(name), ours.get(name)];
    if (found === needed) continue;
    const what =
      found === undefined
        ? `lacks the tensor "${name}", which the study's model needs (${needed})`
        : needed === undefined
          ? `has a tensor "${name}", which the study's model does not have`
          : `has ${found} numbers in the tensor "${name}" where the study's model needs ${needed}`;
    throw new Error(
      `${file} ${what}; a run from all of it needs the same model. "parts": "backbone" takes what fits.`,
    );
  }
  return values;
}

/** @throws Error naming the file and a tensor, if none matches. */
function backboneTensors({ model: from, values }: BackboneWeights, model: Model, file: string): Values {
  const theirs = shapesOf(from);
  const wanted = backboneTensorsOf(model);
  const fitting = wanted.filter((spec) => theirs.get(spec.name) === shapeOf(spec));
  if (fitting.length > 0) return new Map(fitting.map(({ name }) => [name, values.get(name)!]));
  const [first] = wanted;
  throw new Error(
    `${file} has no tensor of the study's backbone: "${first?.name}" is ${(first && theirs.get(first.name)) ?? "missing"} there, ` +
      `and should be ${first && shapeOf(first)}. Name weights of the same network.`,
  );
}

function shapesOf(model: Model): Map<string, string> {
  return new Map(tensorsOf(graphOf(model).layers).map((spec) => [spec.name, shapeOf(spec)]));
}

function shapeOf({ shape }: TensorSpec): string {
  return shape.join("×");
}
