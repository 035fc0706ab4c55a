import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseJson } from "../files/json.js";
import { holderWords, withLock } from "../files/processLock.js";
import { writeFileWhole } from "../files/writeFile.js";
import { parseRecord, type RunRecord } from "./record.js";

/** The project's `data` folder. */
export const dataFolder = fileURLToPath(new URL("../../data", import.meta.url));

/** Every record of a folder, oldest first. None where there is no such folder. */
export async function readRecords(folder = join(dataFolder, "runs")): Promise<RunRecord[]> {
  const files = existsSync(folder) ? await readdir(folder) : [];
  const records = await Promise.all(
    files.filter((file) => file.endsWith(".json")).map((file) => readRecord(join(folder, file))),
  );
  return records.sort((a, b) => a.started.localeCompare(b.started) || a.id.localeCompare(b.id));
}

/** @throws Error naming the file, if it is no record. */
export async function readRecord(file: string): Promise<RunRecord> {
  return parseRecord(parseJson(await readFile(file, "utf8"), file), file);
}

/**
 * Writes a new record as `<id>.json`.
 *
 * @param whenFull what to do once the disk has space again, as the end of a sentence
 * @throws Error if there is one already: records are never edited.
 */
export async function writeRecord(record: RunRecord, folder: string, whenFull?: string): Promise<string> {
  const file = join(folder, `${record.id}.json`);
  await refuseExisting(file);
  await writeFileWhole(file, `${JSON.stringify(parseRecord(record, file), null, 1)}\n`, whenFull);
  return file;
}

/**
 * Does `act`, which makes a record, while no other process makes one of the same id in the same folder.
 *
 * @throws Error naming the process that does
 */
export function withRecordLock<T>(folder: string, id: string, act: () => Promise<T>): Promise<T> {
  const file = join(folder, `.${id}.lock`);
  return withLock(
    file,
    (holder) =>
      `${id} is already running, in ${holderWords(holder, file)}. Wait until it ends, or end it and continue; ` +
      "a run with another --seed or another --out folder can start now.",
    act,
  );
}

/** @throws Error if the record exists. Called before a long run, which would otherwise fail at its end. */
export async function refuseExisting(file: string): Promise<void> {
  if (existsSync(file)) {
    throw new Error(
      `${file} exists, and records are never edited: give another --seed, or another --out folder.`,
    );
  }
}
