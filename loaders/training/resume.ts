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
import { writeFileWhole } from "../files/writeFile.js";
import { recordSchema } from "../records/record.js";
import { scheduleSchema } from "./learningRateSchedule.js";
import type { Study } from "./study.js";
import type { Snapshot } from "./trainer.js";

const progressSchema = v.object({
  step: v.number(),
  curve: recordSchema.entries.curve,
  /** Losses of the steps since the curve's last point. */
  since: v.array(
    v.object({ loss: v.number(), classLoss: v.number(), boxLoss: v.number(), learningRate: v.number() }),
  ),
  /** Earlier losses that the next ones are compared with. */
  losses: v.pipe(v.array(v.number()), v.readonly()),
  /** The schedules of the run, each from the number of steps taken before: a resumed run may have been given another. */
  periods: v.pipe(v.array(v.object({ fromStep: v.number(), schedule: scheduleSchema })), v.readonly()),
  started: v.string(),
  trainingSeconds: v.number(),
  /** Of these, seconds spent waiting for data. */
  waitedSeconds: v.number(),
});

const metadataSchema = v.object({
  fingerprint: v.string(),
  progress: v.pipe(v.string(), v.parseJson(), progressSchema),
});

type Progress = Readonly<v.InferOutput<typeof progressSchema>>;

export type SchedulePeriod = Readonly<Progress["periods"][number]>;

/** An unfinished run, as saved on disk between two steps. */
export interface TrainingState extends Omit<Progress, "step"> {
  readonly snapshot: Snapshot;
}

/** Where a run saves its state: in the user's cache, where it survives checkouts and clean-ups. */
export function stateFile(run: string): string {
  return join(engineHome(), "training", `${run}.safetensors`);
}

/**
 * Identifies a run by its study, seed, engine, data and initial weights. The schedule is left out: a run may be resumed
 * with another learning rate, which its record then lists.
 */
export function fingerprintOf(
  study: Study,
  seed: number,
  engine: string,
  dataHash: string,
  startHash?: string,
): string {
  const { schedule: _, ...lasting } = study;
  return createHash("sha256")
    .update(
      JSON.stringify([lasting, seed, engine, dataHash, ...(startHash === undefined ? [] : [startHash])]),
    )
    .digest("hex");
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
 * @returns the state, or undefined if there is none
 * @throws Error if the file is damaged or belongs to another run
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
    throw new Error(`${file} is not a training state. Start over with --restart, which deletes it.`);
  }
  if (parsed.output.fingerprint !== fingerprint) {
    throw new Error(
      `${file} is the state of a run with another study, seed, engine, data or initial weights. Start over with --restart, which deletes it.`,
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
      `${file} is damaged, so the run cannot be resumed. Start over with --restart, which deletes it.`,
      { cause: error },
    );
  }
}

export async function deleteState(file: string): Promise<void> {
  await rm(file, { force: true });
}
