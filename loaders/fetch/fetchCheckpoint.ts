import { mkdir, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { fileHash } from "../files/fileHash.js";
import { partialPath } from "../files/partialFile.js";
import { holderWords, withLock } from "../files/processLock.js";
import { readFailure } from "../files/readFailure.js";
import { writeFailure } from "../files/writeFailure.js";
import { type DownloadSettings, download } from "./download.js";
import { fileNameOf, readRecord, recordFile, writeRecord } from "./downloadRecord.js";
import { FetchError, type PublishedCheckpoint } from "./fetchError.js";
import type { FetchProgress } from "./fetchProgress.js";
import { removePartial } from "./partialDownload.js";
import { LastingFailure, PassingFailure } from "./request.js";
import { ArchiveError, unpackCheckpoint } from "./unpackCheckpoint.js";

/** What to fetch, and how. */
export interface Fetch {
  readonly checkpoint: PublishedCheckpoint;
  /** The folder that gets a folder with the checkpoint's files. */
  readonly out: string;
  /** An archive that the user already has, instead of a download; it stays. */
  readonly from?: string | undefined;
  readonly progress: FetchProgress;
  readonly signal: AbortSignal;
  readonly settings?: DownloadSettings;
}

/** What a fetch did. */
export interface FetchReport {
  readonly name: string;
  readonly action: "fetched" | "unpacked" | "unchanged";
  readonly folder: string;
  readonly files: readonly string[];
  /** Of the archive; null if it was not needed, as the files were there. */
  readonly archive: { readonly bytes: number; readonly sha256: string; readonly check: HashCheck } | null;
}

/** What the archive's hash was compared with: the first download's, or nothing. */
type HashCheck = "same as the first download" | "recorded as the first download" | "compared with nothing";

/**
 * Fetches a published checkpoint, or unpacks its archive, into a folder of its name.
 *
 * @throws FetchError if the server or network fails; an Error naming the file if the archive, its hash or the disk is
 *   wrong, or the folder has other files
 */
export async function fetchCheckpoint(order: Fetch): Promise<FetchReport> {
  const { checkpoint, out } = order;
  await mkdir(out, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(out, error);
  });
  const lock = join(out, `.${fileNameOf(checkpoint)}.lock`);
  return withLock(
    lock,
    (holder) => `Another fetch of ${checkpoint.name} is already running: ${holderWords(holder, lock)}.`,
    () => fetchAlone(order),
  );
}

async function fetchAlone(order: Fetch): Promise<FetchReport> {
  const { checkpoint, out, from, progress } = order;
  const folder = join(out, fileNameOf(checkpoint));
  const record = await readRecord(checkpoint);
  if (from === undefined && record && (await isThere(folder))) {
    await requireSame(folder, record.files);
    const files = Object.keys(record.files);
    return { name: checkpoint.name, action: "unchanged", folder, files, archive: null };
  }
  const part = join(out, `${fileNameOf(checkpoint)}.tar.gz.part`);
  const archive = from ?? (await downloadTo(part, order));
  progress.step("Checking and unpacking the archive");
  const bytes = await sizeOf(archive);
  const sha256 = await fileHash(archive);
  if (record && record.sha256 !== sha256) {
    throw new Error(
      `${archive}: its sha256 is ${sha256}, and the first download (${record.first.slice(0, 10)}) had ${record.sha256}. ` +
        "It is damaged, or was published again: delete it to download it again, or delete " +
        `${recordFile(checkpoint)} to accept it.`,
    );
  }
  const { files, action } = await unpackTo(folder, archive, order).catch(async (error: unknown) => {
    if (from !== undefined || !(error instanceof ArchiveError)) throw error;
    // Otherwise the same command would find it complete, and fail again.
    await removePartial(part);
    throw new FetchError(error.message, checkpoint, { cause: error });
  });
  const check = record
    ? "same as the first download"
    : from === undefined
      ? "recorded as the first download"
      : "compared with nothing";
  if (check === "recorded as the first download") {
    const { address } = checkpoint;
    await writeRecord(checkpoint, { address, first: new Date().toISOString(), bytes, sha256, files });
  }
  if (from === undefined) await removePartial(part);
  return {
    name: checkpoint.name,
    action,
    folder,
    files: Object.keys(files),
    archive: { bytes, sha256, check },
  };
}

async function downloadTo(part: string, { checkpoint, progress, signal, settings }: Fetch): Promise<string> {
  progress.step(`Downloading ${checkpoint.address}`);
  try {
    await download(checkpoint.address, part, progress, signal, settings);
    return part;
  } catch (error) {
    if (!(error instanceof PassingFailure || error instanceof LastingFailure)) throw error;
    const kept = (await isThere(part))
      ? ` What arrived is kept in ${part}, and the same command continues.`
      : "";
    throw new FetchError(`${error.message}${kept}`, checkpoint, { cause: error });
  }
}

interface Unpacked {
  /** sha256 by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly action: FetchReport["action"];
}

/** Unpacks next to the folder and renames; a folder that is there must have the same files. */
async function unpackTo(folder: string, archive: string, { out, from, signal }: Fetch): Promise<Unpacked> {
  const beside = await partialPath(out);
  try {
    await mkdir(beside);
    await requireRoom(out, archive);
    const names = await unpackCheckpoint(archive, beside, signal);
    const files: Record<string, string> = {};
    for (const name of names) files[name] = await fileHash(join(beside, name));
    if (await isThere(folder)) {
      await requireSame(folder, files);
      return { files, action: "unchanged" };
    }
    await rename(beside, folder).catch((error: unknown) => {
      throw writeFailure(folder, error);
    });
    return { files, action: from === undefined ? "fetched" : "unpacked" };
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** Weights hardly compress, so an archive needs about its own size again. */
async function requireRoom(folder: string, archive: string): Promise<void> {
  const needed = await sizeOf(archive);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= needed) return;
  throw new Error(
    `${folder}: unpacking ${archive} needs at least ${(needed / 1e9).toFixed(1)} GB, and ${((bavail * bsize) / 1e9).toFixed(1)} GB ` +
      "are free; free some space and run the same command again.",
  );
}

async function requireSame(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const there = await readdir(folder).catch((error: unknown) => {
    throw writeFailure(folder, error);
  });
  const differs = async (name: string): Promise<boolean> =>
    !there.includes(name) || (await fileHash(join(folder, name))) !== files[name];
  for (const name of Object.keys(files)) {
    if (!(await differs(name))) continue;
    throw new Error(
      `${join(folder, name)}: it ${there.includes(name) ? "differs from" : "is missing, unlike in"} the published checkpoint; ` +
        "nothing was overwritten. Move the folder away, or name another by --out.",
    );
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new Error(`${file}: ${readFailure(error)}; check the path.`, { cause: error });
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
