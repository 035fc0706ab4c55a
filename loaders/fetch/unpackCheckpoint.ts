import { once } from "node:events";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { messageOf } from "../../src/messages/messageOf.js";
import { shownText } from "../../src/text/shownText.js";
import { writeFailure } from "../files/writeFailure.js";

/** An archive that is damaged, refused, or not of a checkpoint. */
export class ArchiveError extends Error {}

/** What an archive may hold at most; no published checkpoint comes near. */
export interface UnpackBounds {
  readonly entries: number;
  /** Of the unpacked tar, files that are skipped included. */
  readonly bytes: number;
  /** Unpacked bytes for each packed one. */
  readonly ratio: number;
}

export const unpackBounds: UnpackBounds = { entries: 1_000, bytes: 16e9, ratio: 100 };

/** The ratio of a short archive says nothing: tar pads each file to 512 bytes and ends with zeros. */
const ratioFromBytes = 4e6;

/** TensorFlow's `checkpoint` file, indexes and shards; graphs (.meta), logs and settings are not needed. */
const neededName = /^(?:checkpoint|[^.].*\.(?:index|data-\d{5}-of-\d{5}))$/;

const fileTypes = new Set<string>(["File", "OldFile", "ContiguousFile"]);

/**
 * Unpacks the files of a checkpoint out of a .tar.gz, without their folders, while it is read.
 *
 * @param folder exists and is empty
 * @returns the files' names, sorted
 * @throws ArchiveError naming the archive if it is damaged, exceeds a bound, holds anything but files and folders below its
 *   root, or has no whole checkpoint
 */
export async function unpackCheckpoint(
  archive: string,
  folder: string,
  signal?: AbortSignal,
  bounds: UnpackBounds = unpackBounds,
): Promise<string[]> {
  const names = new Set<string>();
  const failure = new AbortController();
  let taking = Promise.resolve();
  const parser = new Parser({ strict: true });
  const fail = (error: unknown): void => failure.abort(error);
  let entries = 0;
  const onEntry = (entry: ReadEntry): void => {
    entries++;
    taking = taking
      .then(async () => {
        failure.signal.throwIfAborted();
        if (entries > bounds.entries) throw new Error(`it has more than ${bounds.entries} entries`);
        await takeEntry(entry, folder, names, failure.signal);
      })
      .catch(fail);
  };
  parser.on("entry", onEntry);
  // What the parser itself does not handle, such as devices of unknown kinds.
  parser.on("ignoredEntry", onEntry);
  parser.on("error", fail);
  const parserEnd = once(parser, "end", { signal: failure.signal });
  parserEnd.catch(() => {});
  const reading = AbortSignal.any(signal ? [failure.signal, signal] : [failure.signal]);
  try {
    const packed = new Counter();
    await pipeline(
      createReadStream(archive),
      packed,
      createGunzip(),
      async (source: AsyncIterable<Buffer>) => {
        let unpacked = 0;
        for await (const chunk of source) {
          unpacked += chunk.length;
          const excess = excessOf(unpacked, packed.bytes, bounds);
          // Said before the loop is left, which makes the pipeline end with an error that says nothing.
          if (excess !== undefined) fail(new Error(excess));
          reading.throwIfAborted();
          if (!parser.write(chunk)) await once(parser, "drain", { signal: reading });
        }
      },
      { signal: reading },
    );
    parser.end();
    await parserEnd;
    await taking;
    failure.signal.throwIfAborted();
    requireCheckpoint(names);
  } catch (error) {
    fail(error);
    await taking;
    if (signal?.aborted) throw signal.reason;
    const reason: unknown = failure.signal.reason;
    if (reason instanceof WriteError) throw reason.failure;
    throw new ArchiveError(`${archive}: ${messageOf(reason)}; nothing of it was kept.`, { cause: reason });
  }
  return [...names].sort();
}

/** Counts what passes. */
class Counter extends Transform {
  bytes = 0;

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    done(null, chunk);
  }
}

/** Which bound is exceeded, as a clause; undefined if none is. */
function excessOf(unpacked: number, packed: number, bounds: UnpackBounds): string | undefined {
  if (unpacked > bounds.bytes) return `it unpacks to more than ${bounds.bytes} bytes`;
  return unpacked > ratioFromBytes && unpacked > packed * bounds.ratio
    ? `it unpacks to more than ${bounds.ratio} times its size`
    : undefined;
}

/** An error of the disk, which is not the archive's. */
class WriteError extends Error {
  constructor(readonly failure: Error) {
    super(failure.message);
  }
}

async function takeEntry(
  entry: ReadEntry,
  folder: string,
  names: Set<string>,
  signal: AbortSignal,
): Promise<void> {
  try {
    const path = entry.path.replaceAll("\\", "/");
    const shown = shownText(entry.path);
    const parts = path.split("/");
    if (path.startsWith("/") || /^[a-z]:/i.test(path) || parts.includes("..") || path.includes("\0")) {
      throw new Error(`its entry ${shown} leads out of the folder`);
    }
    if (entry.type === "Directory" || entry.type === "GNUDumpDir") return;
    if (!fileTypes.has(entry.type)) throw new Error(`its entry ${shown} is a ${entry.type}, not a file`);
    const name = parts.at(-1)!;
    if (!neededName.test(name)) return;
    if (names.has(name)) throw new Error(`it has two files called ${shownText(name)}`);
    names.add(name);
    await writeEntry(entry, join(folder, name), signal);
  } finally {
    // The parser waits for each entry's end.
    entry.resume();
  }
}

async function writeEntry(entry: ReadEntry, file: string, signal: AbortSignal): Promise<void> {
  let handle: FileHandle | undefined;
  const aborted = new Promise<never>((_, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  aborted.catch(() => {});
  try {
    handle = await open(file, "wx");
    const chunks = entry[Symbol.asyncIterator]();
    for (;;) {
      // After a failure an entry gets no more bytes, and no end.
      const { done, value } = await Promise.race([chunks.next(), aborted]);
      if (done) break;
      await handle.writeFile(value);
    }
    await handle.sync();
  } catch (error) {
    throw new WriteError(writeFailure(file, error));
  } finally {
    await handle?.close();
  }
}

/** Every index needs all the shards that its shards' names promise. */
function requireCheckpoint(names: ReadonlySet<string>): void {
  const indexes = [...names].filter((name) => name.endsWith(".index"));
  if (indexes.length === 0) throw new Error("there is no checkpoint (.index file) in it");
  for (const index of indexes) {
    const prefix = index.slice(0, -".index".length);
    const shards = [...names].filter((name) => name.startsWith(`${prefix}.data-`));
    const count = Number(shards[0]?.slice(-5) ?? 1);
    if (shards.length !== count) {
      throw new Error(`${shownText(index)} has ${shards.length} of its ${count} data files in it`);
    }
  }
}
