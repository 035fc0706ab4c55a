import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { graphOf } from "../../src/architecture/layers/layersOf.js";
import { sizeOf, type TensorSpec, tensorsOf } from "../../src/architecture/layers/tensors.js";
import { modelSchema } from "../../src/architecture/model/model.js";
import { finiteNumber, positiveCount } from "../../src/architecture/model/numbers.js";
import { foldBatchNorm } from "../../src/network/foldBatchNorm.js";
import { initialValues, type Values } from "../../src/network/initialise.js";

export const tasks = ["training", "inference"] as const;
export type Task = (typeof tasks)[number];

const workloadSchema = v.strictObject({
  task: v.picklist(tasks),
  batch: positiveCount,
  threads: positiveCount,
  learningRate: finiteNumber,
  model: modelSchema,
});

/** What every contender of a benchmark computes: the same network, weights and images. */
export type Workload = v.InferOutput<typeof workloadSchema>;

/** A workload with its images, and with the weights that its network starts from (batch norm not folded). */
export interface LoadedWorkload {
  readonly workload: Workload;
  readonly values: Values;
  /** `[batch, height, width, 3]` */
  readonly images: Float32Array;
}

/** The same weights and images for the same workload on any machine. */
export function loadWorkload(workload: Workload): LoadedWorkload {
  const { batch, model } = workload;
  const [height, width] = model.inputSize;
  return {
    workload,
    values: livelyValues(tensorsOf(graphOf(model).layers)),
    images: noise(batch * height * width * 3, 7),
  };
}

/**
 * Writes a workload for contenders in any language: `workload.json`; `graph.json`, its layers, outputs and tensors with
 * their places in `weights.f32`; and `images.f32`, `[batch, height, width, 3]`. For inference, batch norm is folded
 * into the convolutions.
 */
export async function writeWorkload(folder: string, workload: Workload): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { values, images } = loadWorkload(workload);
  const graph = graphOf(workload.model);
  const ready = workload.task === "inference" ? foldBatchNorm(graph, values) : { graph, values };
  const tensors: Record<string, { offset: number; shape: readonly number[] }> = {};
  const parts: Float32Array[] = [];
  let offset = 0;
  for (const { name, shape } of tensorsOf(ready.graph.layers)) {
    const part = ready.values.get(name)!;
    tensors[name] = { offset, shape };
    parts.push(part);
    offset += part.length;
  }
  const { layers, outputs } = ready.graph;
  await writeFile(join(folder, "weights.f32"), joined(parts));
  await writeFile(join(folder, "images.f32"), images);
  await writeFile(join(folder, "graph.json"), JSON.stringify({ layers, outputs, tensors }));
  await writeFile(join(folder, workloadFile), JSON.stringify(workload));
}

export async function readWorkload(folder: string): Promise<LoadedWorkload> {
  return loadWorkload(
    v.parse(workloadSchema, JSON.parse(await readFile(join(folder, workloadFile), "utf8"))),
  );
}

const workloadFile = "workload.json";

/** Arrays end to end. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/**
 * Initial weights, but with batch norm statistics and shifts that differ by channel, so that a mistake in folding a
 * batch norm shows in the outputs.
 */
function livelyValues(specs: readonly TensorSpec[]): Values {
  const values = new Map(initialValues(specs, 1));
  specs.forEach(({ name, role, shape }, index) => {
    if (role !== "mean" && role !== "variance" && role !== "beta") return;
    const bumps = noise(sizeOf(shape), index + 11);
    values.set(
      name,
      bumps.map((bump) => (role === "variance" ? 1 + 0.3 * bump : 0.1 * bump)),
    );
  });
  return values;
}

/** Numbers between −1 and 1, the same for the same seed on any machine. */
function noise(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    // Park and Miller's generator: exact in doubles.
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  });
}

/** A workload in a few words: "training, narrow SpineNet-49, 8 images of 256 pixels". */
export function titleOf({ task, batch, model }: Workload): string {
  const [size] = model.inputSize;
  return `${task}, ${model.name}, ${batch} image${batch === 1 ? "" : "s"} of ${size} pixels`;
}
