import * as v from "valibot";
import { layersOf } from "../architecture/layers/layersOf.js";
import { type TensorSpec, tensorsOf } from "../architecture/layers/tensors.js";
import type { Model } from "../architecture/model/model.js";
import { count, finiteNumber, positive, wholeNumber } from "../architecture/model/numbers.js";
import { parseModel } from "../architecture/model/parseModel.js";
import { complaintOf } from "../architecture/model/schemaIssue.js";
import { shownText } from "../text/shownText.js";
import {
  decodeSafetensors,
  fitsFloat16,
  joined,
  type PackedTensor,
  packTensor,
  type StoredTensor,
  type StoredType,
  safetensorsParts,
} from "./safetensors.js";

/** JSON in a string; what is not JSON is reported with the parser's reason. */
const jsonSchema = v.pipe(
  v.string(),
  v.parseJson(
    undefined,
    ({ received }) => `is not JSON (${shownText(received.replace(/^"|"$/g, ""), 120)}).`,
  ),
);

const classesSchema = v.pipe(
  jsonSchema,
  v.array(
    v.strictObject({
      /** Which of the model's class channels. */
      channel: count,
      /** The category's id in the data it was trained on. */
      categoryId: wholeNumber,
      name: v.string(),
    }),
  ),
  v.minLength(1, "must list at least one class"),
  v.check(
    (classes) => new Set(classes.map(({ channel }) => channel)).size === classes.length,
    "must give each channel one class only",
  ),
);
const preprocessingSchema = v.pipe(
  jsonSchema,
  v.strictObject({
    /** Of RGB values in 0 … 1. */
    mean: v.tuple([finiteNumber, finiteNumber, finiteNumber]),
    deviation: v.tuple([positive, positive, positive]),
  }),
);

export type ClassChannel = v.InferOutput<typeof classesSchema>[number];
type Preprocessing = v.InferOutput<typeof preprocessingSchema>;

/** The value of the metadata's `parts` in a file of a backbone alone. */
export const backboneParts = "backbone";

/** Trained weights with everything needed to use them. */
export interface Weights {
  readonly model: Model;
  readonly values: ReadonlyMap<string, Float32Array>;
  /** What the class channels mean; a channel that is not listed means nothing (background, a gap). */
  readonly classes: readonly ClassChannel[];
  readonly preprocessing: Preprocessing;
  /** Id of the run that made them. */
  readonly run: string;
}

/**
 * One safetensors file: tensors by name, the rest as JSON in the header's metadata.
 *
 * @param type "F16" halves the file.
 * @throws Error naming a tensor that is missing or of another size.
 */
export function encodeWeights(weights: Weights, type: StoredType): Uint8Array {
  const tensors = tensorsOf(layersOf(weights.model)).map(({ name, shape }) => {
    const values = weights.values.get(name);
    if (!values) throw new Error(`The weights lack the tensor "${name}", which their model needs.`);
    return packWeight(name, shape, values, type);
  });
  return joined(weightsParts(tensors, weights));
}

/**
 * A tensor of a weights file. One with numbers beyond float16's range, such as the variance of a map that no batch
 * norm came before, is stored as float32 whatever the file's type.
 */
export function packWeight(
  name: string,
  shape: readonly number[],
  values: Float32Array,
  type: StoredType,
): PackedTensor {
  return packTensor(name, { shape, values }, type === "F16" && fitsFloat16(values) ? "F16" : "F32");
}

/** A weights file in the parts it is written in. */
export function weightsParts(
  tensors: readonly PackedTensor[],
  { model, classes, preprocessing, run }: Omit<Weights, "values">,
): Uint8Array[] {
  return safetensorsParts(tensors, {
    model: JSON.stringify(model),
    classes: JSON.stringify(classes),
    preprocessing: JSON.stringify(preprocessing),
    run,
  });
}

/**
 * Reads and checks a weights file.
 *
 * @param source The file's name, for messages.
 * @throws Error naming the source and the tensor or field that is missing, of another shape, or not a number.
 */
export function decodeWeights(file: Uint8Array, source: string): Weights {
  const { tensors, metadata } = decodeSafetensors(file, source);
  if (metadata.parts === backboneParts) {
    throw new Error(
      `${source}: this is a backbone without a head, which detects nothing; train from it, or give the whole weights.`,
    );
  }
  const field = <Schema extends v.GenericSchema>(name: string, schema: Schema) =>
    fieldOf(metadata, name, schema, source);
  const model = modelOf(metadata, source);
  const classes = field("classes", classesSchema);
  const preprocessing = field("preprocessing", preprocessingSchema);
  const specs = tensorsOf(layersOf(model));
  checkTensors(specs, tensors, source);
  const beyond = classes.find(({ channel }) => channel >= model.classes);
  if (beyond) {
    throw new Error(
      `${source}: class "${shownText(beyond.name)}" is channel ${beyond.channel} of ${model.classes}.`,
    );
  }
  return {
    model,
    values: valuesOf(specs, tensors),
    classes,
    preprocessing,
    run: field("run", v.string()),
  };
}

/** The model in a header's metadata. @throws Error naming the source and what is wrong with the model */
export function modelOf(metadata: Readonly<Record<string, string>>, source: string): Model {
  return parseModel(fieldOf(metadata, "model", jsonSchema, source), `${source}: metadata "model"`);
}

/** The tensors' values, in the order of their list. */
export function valuesOf(
  specs: readonly TensorSpec[],
  tensors: ReadonlyMap<string, StoredTensor>,
): Map<string, Float32Array> {
  return new Map(specs.map(({ name }) => [name, tensors.get(name)!.values]));
}

/** @throws Error naming the field that is missing or wrong. */
export function fieldOf<Schema extends v.GenericSchema>(
  metadata: Readonly<Record<string, string>>,
  name: string,
  schema: Schema,
  source: string,
): v.InferOutput<Schema> {
  const text = metadata[name];
  if (text === undefined) {
    throw new Error(
      `${source}: its header's metadata lacks "${name}"; only weights written by this project can be used.`,
    );
  }
  const result = v.safeParse(schema, text);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = issue.path ? `.${v.getDotPath(issue)}` : "";
  throw new Error(`${source}: metadata "${name}"${path}: ${complaintOf(issue)}`);
}

/** @throws Error naming the tensor that is missing, of another shape, not finite, or of another model. */
export function checkTensors(
  specs: readonly TensorSpec[],
  tensors: ReadonlyMap<string, StoredTensor>,
  source: string,
): void {
  for (const { name, role, shape } of specs) {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`${source}: the tensor "${name}" of the model in its header is missing.`);
    if (tensor.shape.join() !== shape.join()) {
      throw new Error(
        `${source}: the tensor "${name}" is ${tensor.shape.join("×")}, but its model needs ${shape.join("×")}; these are weights for another model.`,
      );
    }
    checkNumbers(name, role, tensor.values, source);
  }
  const known = new Set(specs.map(({ name }) => name));
  const unknown = [...tensors.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new Error(
      `${source}: the model in its header has no tensor "${shownText(unknown)}"; these are weights for another model.`,
    );
  }
}

/** @throws Error naming the tensor whose numbers are not finite, or whose variances are negative */
function checkNumbers(name: string, role: TensorSpec["role"], values: Float32Array, source: string): void {
  if (!values.every(Number.isFinite)) {
    throw new Error(
      `${source}: the tensor "${name}" holds numbers that are not finite; the file is damaged, or its training run diverged.`,
    );
  }
  if (role === "variance" && values.some((value) => value < 0)) {
    throw new Error(
      `${source}: the tensor "${name}" holds a negative variance; the file is damaged, or its training run diverged.`,
    );
  }
}
