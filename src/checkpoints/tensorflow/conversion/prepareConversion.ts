import type { Model } from "../../../architecture/model/model.js";
import type { Checkpoint } from "../checkpoint.js";
import { CheckpointError } from "../checkpointError.js";
import { readObjectGraph } from "../objectGraph.js";
import { type ActivationFit, fitActivation } from "./activationFit.js";
import { type ConversionPlan, conversionPlan, type PlanOptions } from "./conversionPlan.js";

/** A checkpoint that can be converted: what it is, and where each tensor comes from. */
export interface Conversion {
  readonly checkpoint: Checkpoint;
  readonly plan: ConversionPlan;
  /** How well its statistics fit each activation; null if the caller chose it, or they fit none. */
  readonly fit: ActivationFit | null;
  /** Training steps behind it; null if it does not say. */
  readonly steps: number | null;
}

/** Below this share of the moving means no activation is taken to explain them. */
const leastExplained = 0.5;

/**
 * Recognises a checkpoint's network, its activation included.
 *
 * @throws CheckpointError as {@link conversionPlan} does, or if a tensor is damaged
 */
export async function prepareConversion(checkpoint: Checkpoint, options: PlanOptions): Promise<Conversion> {
  const { source } = checkpoint.index;
  const plan = conversionPlan(checkpoint.tensors, await readObjectGraph(checkpoint), options, source);
  const steps = await stepsOf(checkpoint, plan);
  if (options.activation !== undefined) return { checkpoint, plan, fit: null, steps };
  const tensors = new Map(plan.assignments.map(({ spec, variable }) => [spec.name, variable.tensor.name]));
  const fit = await fitActivation(plan.model, (name) => checkpoint.floats(tensors.get(name)!));
  if (fit === null || fit.explained[fit.kind] < leastExplained) return { checkpoint, plan, fit: null, steps };
  return { checkpoint, plan: { ...plan, model: withActivation(plan.model, fit.kind) }, fit, steps };
}

function withActivation(model: Model, activation: Model["backbone"]["activation"]): Model {
  return { ...model, backbone: { ...model.backbone, activation } };
}

const stepNames: ReadonlySet<string> = new Set(["global_step", "iter"]);

async function stepsOf(checkpoint: Checkpoint, { unused }: ConversionPlan): Promise<number | null> {
  const variable = unused.find(
    ({ name, tensor }) => stepNames.has(name) && tensor.type.startsWith("int") && tensor.shape.length === 0,
  );
  if (!variable) return null;
  const [steps] = await checkpoint.integers(variable.tensor.name);
  return steps === undefined ? null : Number(steps);
}

/**
 * Reads the tensors of the model one after another.
 *
 * @param take is given each; it may keep the values
 * @throws CheckpointError naming the tensor that is damaged or holds numbers that are not finite
 */
export async function readConverted(
  { checkpoint, plan }: Conversion,
  take: (name: string, shape: readonly number[], values: Float32Array) => void,
): Promise<void> {
  for (const { spec, variable } of plan.assignments) {
    const values = await checkpoint.floats(variable.tensor.name);
    const wrong = firstOutside(values, spec.role === "variance" ? 0 : -largest);
    if (wrong !== undefined) {
      throw new CheckpointError(
        checkpoint.index.source,
        `"${variable.name}" holds ${wrong}${spec.role === "variance" ? " as a variance" : ""}; its training run diverged.`,
      );
    }
    take(spec.name, spec.shape, values);
  }
}

const largest = Number.MAX_VALUE;

/** The first value that is less than the least allowed one, infinite or not a number. */
function firstOutside(values: Float32Array, least: number): number | undefined {
  // Not by find(), whose call per number takes most of the time of reading a network.
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!(value >= least && value <= largest)) return value;
  }
  return undefined;
}
