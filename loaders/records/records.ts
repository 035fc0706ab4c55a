import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeFileWhole } from "../files/writeFile.js";
import { parseRecord, type RunRecord } from "./record.js";

/** The project's `data` folder. */
export const dataFolder = fileURLToPath(new URL("../../data", import.meta.url));

/** Every record of a folder, oldest first. None where there is no such folder. */
export async function readRecords(folder = join(dataFolder, "runs")): Promise<RunRecord[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const records = await Promise.all(
    files.filter((file) => file.endsWith(".json")).map((file) => readRecord(join(folder, file))),
  );
  return records.sort((a, b) => a.started.localeCompare(b.started) || a.id.localeCompare(b.id));
}

/** @throws Error naming the file, if it is no record. */
export async function readRecord(file: string): Promise<RunRecord> {
  const text = await readFile(file, "utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: this is not JSON (${(error as Error).message}).`);
  }
  return parseRecord(value, file);
}

/** Writes a new record as `<id>.json`. @throws Error if there is one already: records are never edited. */
export async function writeRecord(record: RunRecord, folder: string): Promise<string> {
  const file = join(folder, `${record.id}.json`);
  await refuseExisting(file);
  await writeFileWhole(file, `${JSON.stringify(parseRecord(record, file), null, 1)}\n`);
  return file;
}

/** @throws Error if the record exists. Called before a long run, which would otherwise fail at its end. */
export async function refuseExisting(file: string): Promise<void> {
  if (existsSync(file)) {
    throw new Error(
      `${file} exists, and records are never edited: give another --seed, or another --out folder.`,
    );
  }
}
