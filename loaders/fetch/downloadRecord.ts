import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { engineHome } from "../engine/engineHome.js";
import { errorCode } from "../files/errorCode.js";
import { readFailure } from "../files/readFailure.js";
import { writeFileWhole } from "../files/writeFile.js";
import type { PublishedCheckpoint } from "./fetchError.js";

const recordSchema = v.object({
  address: v.string(),
  /** ISO 8601. */
  first: v.string(),
  bytes: v.number(),
  /** sha256 of the archive, in hexadecimal. */
  sha256: v.string(),
  /** sha256 of each unpacked file, by name. */
  files: v.record(v.string(), v.string()),
});

/** What the first complete download of a checkpoint was; the authors published neither sizes nor hashes. */
export type DownloadRecord = v.InferOutput<typeof recordSchema>;

/** A checkpoint's name as a file's: `retinanet/spinenet-49` is `retinanet-spinenet-49`. */
export const fileNameOf = ({ name }: PublishedCheckpoint): string => name.replaceAll("/", "-");

/** Where checkpoints go unless the user says otherwise: in the user's cache folder. */
export const checkpointHome = (): string => join(engineHome(), "checkpoints");

/** The file of a checkpoint's record, whatever folder the checkpoint is in. */
export const recordFile = (checkpoint: PublishedCheckpoint): string =>
  join(checkpointHome(), ".records", `${fileNameOf(checkpoint)}.json`);

/**
 * Reads a checkpoint's record.
 *
 * @returns undefined if it was never downloaded here
 * @throws Error naming the file if it is damaged: without it a change would go unnoticed
 */
export async function readRecord(checkpoint: PublishedCheckpoint): Promise<DownloadRecord | undefined> {
  const file = recordFile(checkpoint);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new Error(`${file}: ${readFailure(error)}.`, { cause: error });
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), recordSchema), text);
  if (parsed.success) return parsed.output;
  throw new Error(`${file}: it is damaged; delete it, and the next download is taken as the first one.`);
}

/** Records the first complete download. */
export async function writeRecord(checkpoint: PublishedCheckpoint, record: DownloadRecord): Promise<void> {
  await writeFileWhole(recordFile(checkpoint), `${JSON.stringify(record, null, 2)}\n`);
}
