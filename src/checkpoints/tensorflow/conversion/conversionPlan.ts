import { layersOf } from "../../../architecture/layers/layersOf.js";
import {
  channelsOf,
  type TensorSpec,
  tensorsOf,
  tensorsOfLayer,
} from "../../../architecture/layers/tensors.js";
import type { Model } from "../../../architecture/model/model.js";
import { parseModel } from "../../../architecture/model/parseModel.js";
import type { CheckpointTensor } from "../bundleIndex.js";
import { CheckpointError } from "../checkpointError.js";
import { layerGroups } from "../names/layerGroups.js";
import type { Layout } from "../names/layout.js";
import { placedVariables } from "../names/placedVariables.js";
import { namedVariables, type Variable } from "../names/variables.js";
import type { ObjectGraph } from "../objectGraph.js";
import { measuredHead } from "./measuredHead.js";
import { mismatchSentence } from "./mismatchSentence.js";
import { type Pair, pairing } from "./pairing.js";
import { type FoundHead, type RecognitionOptions, recogniseModel } from "./recognise.js";

/** Which variable of a checkpoint each tensor of a model is read from, before any is. */
export interface ConversionPlan {
  readonly layout: Layout;
  readonly model: Model;
  /** Every tensor of the model, in order, and its variable. */
  readonly assignments: readonly Assignment[];
  /** Variables that the model has no use for. */
  readonly unused: readonly Variable[];
  /** How many tensors are an optimiser's, or the last values of averaged variables. */
  readonly slots: number;
}

interface Assignment {
  readonly spec: TensorSpec;
  readonly variable: Variable;
}

export interface PlanOptions extends RecognitionOptions {
  /** What the checkpoint is of; by default that is recognised. */
  readonly model?: (found: FoundHead) => Model;
}

/**
 * Recognises a checkpoint's network and finds the variable for each of its tensors.
 *
 * @param source the checkpoint's name, for messages
 * @throws CheckpointError naming both sides where a variable is missing, doubled or of another shape
 */
export function conversionPlan(
  tensors: ReadonlyMap<string, CheckpointTensor>,
  graph: ObjectGraph | null,
  options: PlanOptions,
  source: string,
): ConversionPlan {
  const { layout, variables, slots } = namedVariables(tensors, graph);
  const placed = placedVariables(variables, source);
  if (placed.size === 0) throw new CheckpointError(source, foreignSentence(variables));
  const head = measuredHead(placed);
  if (!head) {
    throw new CheckpointError(
      source,
      "neither a RetinaNet's head nor a classifier's is in it; only checkpoints with one of them can be converted.",
    );
  }
  const model = validModel(source, () => {
    const found = { layout, head: head.kind, classes: head.classes };
    return options.model?.(found) ?? recogniseModel(layout, head, placed, options, source);
  });
  const { pairs, mismatches } = pairing(layerGroups(model, layout), placed);
  if (mismatches.length > 0)
    throw new CheckpointError(source, mismatchSentence(model, { pairs, mismatches }));
  const found = variablesByTensor(model, pairs, source);
  const assignments = tensorsOf(layersOf(model)).map((spec) => ({ spec, variable: found.get(spec.name)! }));
  const used = new Set(assignments.map(({ variable }) => variable));
  const unused = variables.filter((variable) => !used.has(variable));
  return { layout, model, assignments, unused, slots };
}

/** Shapes can be those of a network that is too large or too narrow to be one. */
function validModel(source: string, find: () => Model): Model {
  try {
    return parseModel(find(), "its network");
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw new CheckpointError(source, (error as Error).message, { cause: error });
  }
}

function foreignSentence(variables: readonly Variable[]): string {
  const names = variables.slice(0, 3).map(({ name }) => `"${name}"`);
  const examples = names.length === 0 ? "" : `, but ${names.join(", ")}`;
  return `its variables are not named as the authors' TF1 code or the Model Garden name a SpineNet's or ResNet-FPN's${examples}.`;
}

function variablesByTensor(model: Model, pairs: readonly Pair[], source: string): Map<string, Variable> {
  const channels = channelsOf(layersOf(model));
  const found = new Map<string, Variable>();
  for (const { layer, placed } of pairs) {
    const specs = tensorsOfLayer(layer, channels.get(layer.inputs[0] ?? "") ?? 0);
    for (const spec of specs) {
      const variable = placed.get(spec.role);
      if (!variable) {
        const [other] = placed.values();
        throw new CheckpointError(
          source,
          `${model.name} needs "${spec.name}", but the checkpoint has no ${spec.role} beside "${other!.name}".`,
        );
      }
      checkTensor(variable, spec, model, source);
      found.set(spec.name, variable);
    }
    const more = [...placed.values()].find(({ place }) => !specs.some(({ role }) => role === place?.role));
    if (more) {
      throw new CheckpointError(
        source,
        `it has "${more.name}", for which ${model.name} has no place at "${layer.name}".`,
      );
    }
  }
  return found;
}

const floatingPoint: ReadonlySet<string> = new Set(["float32", "float16", "bfloat16", "float64"]);

function checkTensor({ name, tensor }: Variable, spec: TensorSpec, model: Model, source: string): void {
  if (tensor.shape.join() !== spec.shape.join()) {
    throw new CheckpointError(
      source,
      `"${name}" is ${sides(tensor.shape)}, but "${spec.name}" of ${model.name} is ${sides(spec.shape)}.`,
    );
  }
  if (!floatingPoint.has(tensor.type)) {
    throw new CheckpointError(
      source,
      `"${name}" is of type ${tensor.type}, but "${spec.name}" of ${model.name} needs floating-point numbers.`,
    );
  }
}

function sides(shape: readonly number[]): string {
  return shape.length === 0 ? "a single number" : shape.join("×");
}
