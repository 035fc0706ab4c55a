import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsFile,
} from "../../src/checkpoints/safetensors.js";
import { engineHome } from "../engine/engineHome.js";
import { type CurvePoint, recordSchema } from "../records/record.js";
import { writeFileWhole } from "../records/writeFile.js";
import type { Snapshot, StepResult } from "./trainer.js";

/** A run that is under way, as it lies on the disk between two steps. */
export interface TrainingState {
  readonly snapshot: Snapshot;
  readonly curve: readonly CurvePoint[];
  /** Steps since the curve's last point. */
  readonly since: readonly StepResult[];
  readonly started: string;
  readonly trainingSeconds: number;
}

const metadataSchema = v.object({
  fingerprint: v.string(),
  progress: v.pipe(
    v.string(),
    v.parseJson(),
    v.object({
      step: v.number(),
      curve: recordSchema.entries.curve,
      since: v.array(
        v.object({ loss: v.number(), classLoss: v.number(), boxLoss: v.number(), learningRate: v.number() }),
      ),
      started: v.string(),
      trainingSeconds: v.number(),
    }),
  ),
});

/** Where a run keeps its state: in the user's cache, so that no checkout or clean-up loses it. */
export function stateFile(run: string): string {
  return join(engineHome(), "training", `${run}.safetensors`);
}

/** Tells runs apart: equal for the same study, seed and data only. */
export function fingerprintOf(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

export async function writeState(file: string, fingerprint: string, state: TrainingState): Promise<void> {
  const { snapshot, ...rest } = state;
  const tensors = new Map(
    [...snapshot.vectors].map(([name, values]) => [name, { shape: [values.length], values }]),
  );
  const metadata = { fingerprint, progress: JSON.stringify({ step: snapshot.step, ...rest }) };
  await writeFileWhole(file, encodeSafetensors({ tensors, metadata }, "F32"));
}

/**
 * @returns The state, or undefined if there is none.
 * @throws Error if the file is damaged, or the state of another run.
 */
export async function readState(file: string, fingerprint: string): Promise<TrainingState | undefined> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  const { tensors, metadata } = decoded(bytes, file);
  const parsed = v.safeParse(metadataSchema, metadata);
  if (!parsed.success) {
    throw new Error(`${file} is no training state. Give --restart to begin anew, which deletes it.`);
  }
  if (parsed.output.fingerprint !== fingerprint) {
    throw new Error(
      `${file} is the state of a run with another study, seed, engine or data. Give --restart to begin anew, which deletes it.`,
    );
  }
  const { step, ...rest } = parsed.output.progress;
  return {
    snapshot: { step, vectors: new Map([...tensors].map(([name, { values }]) => [name, values])) },
    ...rest,
  };
}

function decoded(bytes: Uint8Array, file: string): SafetensorsFile {
  try {
    return decodeSafetensors(bytes, file);
  } catch (error) {
    throw new Error(
      `${file} is damaged, so no run can go on from it. Give --restart to begin anew, which deletes it.`,
      { cause: error },
    );
  }
}

export async function deleteState(file: string): Promise<void> {
  await rm(file, { force: true });
}
