import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsFile,
} from "../../../src/checkpoints/safetensors.js";
import { messageOf } from "../../../src/messages/messageOf.js";
import { engineHome } from "../../engine/engineHome.js";
import { errorCode } from "../../files/errorCode.js";
import { readFailure } from "../../files/readFailure.js";
import { realFolder } from "../../files/realFolder.js";
import { writeFileWhole } from "../../files/writeFile.js";
import type { Snapshot } from "../trainer.js";
import { type Progress, parseProgress, type RunPlan } from "./progress.js";
import { identityDifferences, type RunIdentity } from "./runIdentity.js";
import { isIntact, seal, unsealed } from "./sealed.js";

/** Increase it whenever a state means something else. */
const format = "2";

const metadataSchema = v.strictObject({
  format: v.literal(format),
  checksum: v.string(),
  identity: v.pipe(v.string(), v.parseJson()),
  progress: v.pipe(v.string(), v.parseJson()),
});

/** An unfinished run, as saved on disk between two steps. */
export interface TrainingState extends Omit<Progress, "step"> {
  readonly snapshot: Snapshot;
}

/**
 * Where a run saves its state: in the user's cache, where it survives checkouts and clean-ups. Runs of the same id that
 * write to different folders have different states.
 */
export function stateFile(run: string, out: string): string {
  const folder = createHash("sha256").update(realFolder(out)).digest("hex").slice(0, 12);
  return join(statesFolder(), `${run}-${folder}.safetensors`);
}

function statesFolder(): string {
  return join(engineHome(), "training");
}

/** @param whenFull what to do once the disk has space again, as the end of a sentence */
export async function writeState(
  file: string,
  identity: RunIdentity,
  state: TrainingState,
  whenFull?: string,
): Promise<void> {
  const { snapshot, ...rest } = state;
  const tensors = new Map(
    [...snapshot.vectors].map(([name, values]) => [name, { shape: [values.length], values }]),
  );
  const metadata = {
    format,
    checksum: unsealed,
    identity: JSON.stringify(identity),
    progress: JSON.stringify({ step: snapshot.step, ...rest }),
  };
  const bytes = encodeSafetensors({ tensors, metadata }, "F32");
  seal(bytes);
  await writeFileWhole(file, bytes, whenFull);
}

const startOver = "Start over with --restart, which deletes it.";

/**
 * @param run the run's id
 * @returns the state, or undefined if there is none
 * @throws Error if the file is damaged, of another version of this project, or of another run: the file, what is wrong
 *   with it, and what to do
 */
export async function readState(
  file: string,
  run: string,
  identity: RunIdentity,
  plan: RunPlan,
): Promise<TrainingState | undefined> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new Error(`${file}: ${readFailure(error)}; repair it, or delete it to start over.`, {
      cause: error,
    });
  });
  if (bytes === undefined) {
    refuseEarlierVersion(run);
    return undefined;
  }
  const { tensors, metadata } = intact(bytes, file);
  const differences = identityDifferences(metadata.identity, identity);
  if (differences.length > 0) {
    throw new Error(
      `${file} is the state of a run with other settings: ${differences.join(", ")}. ${startOver}`,
    );
  }
  const { step, ...rest } = planned(metadata.progress, plan, file);
  const vectors = new Map([...tensors].map(([name, { values }]) => [name, values]));
  const [bad] = [...vectors].find(([, values]) => !values.every(Number.isFinite)) ?? [];
  if (bad !== undefined) throw unusable(file, `its "${bad}" has numbers that are not finite.`);
  return { snapshot: { step, vectors }, ...rest };
}

/** Earlier versions named a state by its run alone, so nothing tells which folder that run writes to. */
function refuseEarlierVersion(run: string): void {
  const earlier = join(statesFolder(), `${run}.safetensors`);
  if (!existsSync(earlier)) return;
  throw new Error(
    `${earlier} was written by an earlier version of this project, and this one cannot resume it. Finish that run ` +
      "with that version, or start over with --restart, which leaves the file alone; delete it when it is not needed.",
  );
}

function intact(bytes: Uint8Array, file: string) {
  const { tensors, metadata } = decoded(bytes, file);
  // The first format had a fingerprint instead of both; a bit of one name alone may have changed.
  const { checksum, fingerprint } = metadata;
  const isFirstFormat = metadata.format === undefined && checksum === undefined && fingerprint !== undefined;
  if (!isFirstFormat && !isIntact(bytes)) {
    throw unusable(file, "it is damaged (its checksum is not that of its content).");
  }
  if (metadata.format !== format) {
    throw new Error(
      `${file} was written by another version of this project, and this one cannot resume it. Finish the run with that ` +
        "version, or start over with --restart, which deletes the file.",
    );
  }
  const parsed = v.safeParse(metadataSchema, metadata);
  if (!parsed.success) throw unusable(file, "it is not a training state.");
  return { tensors, metadata: parsed.output };
}

function decoded(bytes: Uint8Array, file: string): SafetensorsFile {
  try {
    return decodeSafetensors(bytes, file);
  } catch (error) {
    throw unusable(file, "it is damaged.", error);
  }
}

function planned(progress: unknown, plan: RunPlan, file: string): Progress {
  try {
    return parseProgress(progress, plan);
  } catch (error) {
    throw unusable(file, messageOf(error), error);
  }
}

function unusable(file: string, reason: string, cause?: unknown): Error {
  return new Error(`${file} cannot be resumed: ${reason} ${startOver}`, { cause });
}

export async function deleteState(file: string): Promise<void> {
  await rm(file, { force: true });
}
