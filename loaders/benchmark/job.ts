import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { graphOf } from "../../src/architecture/layers/layersOf.js";
import { sizeOf, type TensorSpec, tensorsOf } from "../../src/architecture/layers/tensors.js";
import { modelSchema } from "../../src/architecture/model/model.js";
import { foldBatchNorm } from "../../src/network/foldBatchNorm.js";
import { initialValues, type Values } from "../../src/network/initialise.js";

export const tasks = ["training", "inference"] as const;
export type Task = (typeof tasks)[number];

const jobSchema = v.strictObject({
  task: v.picklist(tasks),
  batch: v.pipe(v.number(), v.integer(), v.minValue(1)),
  threads: v.pipe(v.number(), v.integer(), v.minValue(1)),
  learningRate: v.number(),
  model: modelSchema,
});

/** What every contender of a benchmark does: the same network, weights and images. */
export type Job = v.InferOutput<typeof jobSchema>;

/** Names of a job's files within its folder. */
const jobFiles = {
  job: "job.json",
  graph: "graph.json",
  weights: "weights.f32",
  images: "images.f32",
};

/**
 * Writes a job for contenders of any language to read: `job.json`; `graph.json`, its layers, outputs and tensors with
 * their places in `weights.f32`; and `images.f32`, `[batch, height, width, 3]`. For inference, batch norm is folded
 * into the convolutions.
 */
export async function writeJob(folder: string, job: Job): Promise<void> {
  await mkdir(folder, { recursive: true });
  const graph = graphOf(job.model);
  const values = livelyValues(tensorsOf(graph.layers));
  const ready = job.task === "inference" ? foldBatchNorm(graph, values) : { graph, values };
  const tensors: Record<string, { offset: number; shape: readonly number[] }> = {};
  const parts: Float32Array[] = [];
  let offset = 0;
  for (const { name, shape } of tensorsOf(ready.graph.layers)) {
    const part = ready.values.get(name)!;
    tensors[name] = { offset, shape };
    parts.push(part);
    offset += part.length;
  }
  const weights = new Float32Array(offset);
  let place = 0;
  for (const part of parts) {
    weights.set(part, place);
    place += part.length;
  }
  const [height, width] = job.model.inputSize;
  await writeFile(join(folder, jobFiles.weights), weights);
  await writeFile(join(folder, jobFiles.images), noise(job.batch * height * width * 3, 7));
  await writeFile(
    join(folder, jobFiles.graph),
    JSON.stringify({ layers: ready.graph.layers, outputs: ready.graph.outputs, tensors }),
  );
  await writeFile(join(folder, jobFiles.job), JSON.stringify(job));
}

/** A job with its images, and with the weights its network starts from (batch norm not folded). */
export interface ReadJob {
  readonly job: Job;
  readonly values: Values;
  readonly images: Float32Array;
}

export async function readJob(folder: string): Promise<ReadJob> {
  const job: Job = v.parse(jobSchema, JSON.parse(await readFile(join(folder, jobFiles.job), "utf8")));
  const bytes = await readFile(join(folder, jobFiles.images));
  const images = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return { job, values: livelyValues(tensorsOf(graphOf(job.model).layers)), images };
}

/**
 * Weights as before training, but with statistics and shifts that are not all alike: folding or leaving out a batch
 * norm must show in the outputs.
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

/** The model of a job is described by its name and size. */
export function titleOf({ task, batch, model }: Job): string {
  const [size] = model.inputSize;
  return `${task}, ${model.name}, ${batch} image${batch === 1 ? "" : "s"} of ${size} pixels`;
}
