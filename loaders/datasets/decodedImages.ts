import { createHash } from "node:crypto";
import { type FileHandle, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { messageOf } from "../../src/messages/messageOf.js";
import { engineHome } from "../engine/engineHome.js";
import { makeOnce } from "../files/makeOnce.js";
import { partialPath } from "../files/partialFile.js";
import type { DatasetImage, DetectionDataset } from "./dataset.js";
import type { RgbImage } from "./image.js";

/** A split's decoded images, concatenated in a file: three bytes per pixel, as in {@link RgbImage}. */
export interface DecodedImages {
  readonly file: string;
  /** Where each image of the split starts. */
  readonly offsets: readonly number[];
}

export interface DecodedImagesSettings {
  readonly folder: string;
  /** Limit for all such files in the folder together; the least recently used are deleted to keep it. */
  readonly limitBytes: number;
  /** Decodes an image, here or in another thread. */
  readonly decode: (image: DatasetImage) => Promise<RgbImage>;
  /** Number of images to decode at once. */
  readonly concurrency: number;
  readonly report: DecodingReport;
}

/** Receives progress; `bytes` is the decoded size of the split. */
export interface DecodingReport {
  decoded(done: number, of: number, bytes: number, file: string): void;
  /** Another process is making the file, and this one waits for it. */
  waiting(file: string): void;
  /** The images would exceed the limit, so none are stored. */
  tooLarge(bytes: number, limitBytes: number): void;
}

/** Part of the file name; increase it whenever the file's content changes. */
const layout = 1;
/** An unfinished file that has not been written to for this long is abandoned. */
const abandonedAfterMs = 60 * 60 * 1000;

/** Where decoded images are stored: in the user's cache. */
export function decodedImagesFolder(): string {
  return join(engineHome(), "images");
}

/**
 * The decoded images of a split, reused from disk if the files' names, sizes and times and the decoder are unchanged. The
 * file is written under another name and renamed, so it is either complete or absent.
 *
 * @returns undefined if it would exceed the limit
 * @throws Error naming the image that cannot be decoded, or why the file cannot be written and the remedy
 */
export async function decodedImages(
  dataset: DetectionDataset,
  settings: DecodedImagesSettings,
): Promise<DecodedImages | undefined> {
  const { folder, limitBytes, report } = settings;
  const offsets: number[] = [];
  let bytes = 0;
  for (const { width, height } of dataset.images) {
    offsets.push(bytes);
    bytes += width * height * 3;
  }
  if (bytes > limitBytes) {
    report.tooLarge(bytes, limitBytes);
    return undefined;
  }
  const file = join(folder, `${dataset.name}-${dataset.split}-${await keyOf(dataset)}.rgb`);
  const isThere = async (): Promise<boolean> => (await stat(file).catch(() => undefined))?.size === bytes;
  let failure: unknown;
  try {
    await makeOnce(
      file,
      isThere,
      async () => {
        await makeRoom(folder, limitBytes - bytes);
        await make(file, dataset.images, offsets, bytes, settings).catch((error: unknown) => {
          failure = error;
        });
      },
      () => report.waiting(file),
    );
  } catch (error) {
    throw unwritable(file, error);
  }
  if (failure !== undefined) throw failure;
  const now = new Date();
  await utimes(file, now, now).catch(() => {});
  return { file, offsets };
}

/** Reads one image from the file. */
export async function readDecoded(
  handle: FileHandle,
  offset: number,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<RgbImage> {
  const data = new Uint8Array(width * height * 3);
  let done = 0;
  while (done < data.length) {
    const { bytesRead } = await handle.read(data, done, data.length - done, offset + done);
    if (bytesRead === 0) throw new Error("The file of decoded images ends early; delete it to rebuild it.");
    done += bytesRead;
  }
  return { width, height, data };
}

/** A hash of everything that a file of decoded images depends on. */
async function keyOf({ images }: DetectionDataset): Promise<string> {
  const hash = createHash("sha256").update(
    JSON.stringify({ layout, sharp: sharp.versions.sharp, vips: sharp.versions.vips }),
  );
  for (const { source, fileName, width, height } of images) {
    const origin =
      source?.kind === "file" ? await stat(source.file).then((s) => [s.size, s.mtimeMs]) : (source ?? null);
    hash.update(JSON.stringify([fileName, width, height, origin]));
  }
  return hash.digest("hex").slice(0, 24);
}

async function make(
  file: string,
  images: readonly DatasetImage[],
  offsets: readonly number[],
  bytes: number,
  { folder, decode, concurrency, report }: DecodedImagesSettings,
): Promise<void> {
  const beside = await partialPath(folder);
  const handle = await open(beside, "wx").catch((error: unknown) => {
    throw unwritable(file, error);
  });
  try {
    let next = 0;
    let done = 0;
    let failed = false;
    const work = async (): Promise<void> => {
      while (next < images.length && !failed) {
        const index = next++;
        const { data } = await decode(images[index]!);
        await handle.write(data, 0, data.length, offsets[index]!).catch((error: unknown) => {
          throw unwritable(file, error);
        });
        report.decoded(++done, images.length, bytes, file);
      }
    };
    const outcomes = await Promise.allSettled(
      Array.from({ length: concurrency }, () =>
        work().catch((error: unknown) => {
          failed = true;
          throw error;
        }),
      ),
    );
    const failure = outcomes.find((outcome) => outcome.status === "rejected");
    if (failure) throw failure.reason;
    await handle.sync();
    await handle.close();
    await rename(beside, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(beside, { force: true });
    throw error;
  }
}

/** Deletes the least recently used files until the rest takes at most `bytes`, and abandoned unfinished ones. */
async function makeRoom(folder: string, bytes: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /\.(rgb|partial)$/.test(name));
  const files = (
    await Promise.all(
      names.map(async (name) => {
        const file = join(folder, name);
        const status = await stat(file).catch(() => undefined);
        return status ? [{ file, size: status.size, used: status.mtimeMs }] : [];
      }),
    )
  ).flat();
  let total = 0;
  for (const { file, size, used } of files.sort((a, b) => b.used - a.used)) {
    const partial = file.endsWith(".partial");
    if (partial ? Date.now() - used > abandonedAfterMs : total + size > bytes)
      await rm(file, { force: true });
    else if (!partial) total += size;
  }
}

function unwritable(file: string, error: unknown): Error {
  // The lock's own sentence ends with another remedy.
  const reason = messageOf(error instanceof Error && error.cause instanceof Error ? error.cause : error);
  return new Error(
    `${file}, the decoded images, could not be written (${reason}). Free disk space, choose another folder with ` +
      "--image-cache, or give --image-cache-limit 0 to decode each image whenever it is needed.",
    { cause: error },
  );
}
