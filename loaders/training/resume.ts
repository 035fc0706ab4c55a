import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsFile,
} from "../../src/checkpoints/safetensors.js";
import { engineHome } from "../engine/home.js";
import { writeFileWhole } from "../files/writeFile.js";
import { type CurvePoint, recordSchema } from "../records/record.js";
import { type Schedule, scheduleSchema } from "./step/learningRateSchedule.js";
import type { Study } from "./study.js";
import type { Snapshot, StepLosses } from "./trainer.js";

/** The steps taken on one schedule; a resumed run may have been given another. */
export interface SchedulePeriod {
  /** Number of steps taken before. */
  readonly fromStep: number;
  readonly schedule: Schedule;
}

/** An unfinished run, as saved on disk between two steps. */
export interface TrainingState {
  readonly snapshot: Snapshot;
  readonly curve: readonly CurvePoint[];
  /** Losses of the steps since the curve's last point. */
  readonly since: readonly StepLosses[];
  /** Earlier losses that the next ones are compared with. */
  readonly losses: readonly number[];
  readonly periods: readonly SchedulePeriod[];
  readonly started: string;
  readonly trainingSeconds: number;
  /** Of these, seconds spent waiting for data. */
  readonly waitedSeconds: number;
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
      losses: v.array(v.number()),
      periods: v.array(v.object({ fromStep: v.number(), schedule: scheduleSchema })),
      started: v.string(),
      trainingSeconds: v.number(),
      waitedSeconds: v.number(),
    }),
  ),
});

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
