import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { engineHome } from "../engine/home.js";
import type { DatasetImage, DetectionDataset } from "./dataset.js";
import type { RgbImage } from "./image.js";
import { makeOnce } from "./makeOnce.js";

/** A split's images, decoded, one after another in a file: three bytes a pixel, as {@link RgbImage} has them. */
export interface DecodedImages {
  readonly file: string;
  /** Where each image of the split begins. */
  readonly offsets: readonly number[];
}

export interface DecodedImagesSettings {
  readonly folder: string;
  /** All such files in the folder together take no more; those used longest ago are deleted for it. */
  readonly limitBytes: number;
  /** Opens an image, here or in another thread. */
  readonly decode: (image: DatasetImage) => Promise<RgbImage>;
  /** How many decoders are worth keeping busy. */
  readonly concurrency: number;
  readonly report: DecodingReport;
}

/** Is told what becomes of a split's images; `bytes` is what they take decoded. */
export interface DecodingReport {
  decoded(done: number, of: number, bytes: number, file: string): void;
  /** Another process is making the file, which is waited for. */
  waiting(file: string): void;
  /** They would be over the limit, so none is kept. */
  tooLarge(bytes: number, limitBytes: number): void;
}

/** Part of a file's name; to be raised by whoever changes what is in it. */
const layout = 1;
/** A file in the making that was not written to for so long belongs to nobody. */
const abandonedAfterMs = 60 * 60 * 1000;

/** Where decoded images are kept: in the user's cache. */
export function decodedImagesFolder(): string {
  return join(engineHome(), "images");
}

/**
 * The decoded images of a split, from the disk where they were decoded earlier: for the same names, sizes and times of
 * the same files by the same decoder. The file is made beside its place and renamed, so that it is whole or not there.
 *
 * @returns undefined where it would be larger than the limit
 * @throws Error naming the image that cannot be decoded, or what the disk said and what to do
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

/** Reads one image of a file of them. */
export async function readDecoded(
  handle: FileHandle,
  offset: number,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<RgbImage> {
  const data = new Uint8Array(width * height * 3);
  let done = 0;
  while (done < data.length) {
    const { bytesRead } = await handle.read(data, done, data.length - done, offset + done);
    if (bytesRead === 0)
      throw new Error("The file of decoded images ends early; delete it, and it is made anew.");
    done += bytesRead;
  }
  return { width, height, data };
}

/** Names what a file of decoded images depends on. */
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
  const beside = join(folder, `.${randomUUID()}.partial`);
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

/** Deletes the files used longest ago until the rest takes `bytes` at most, and what others left half made. */
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
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(
    `${file}, the decoded images, could not be written (${reason}). Make room, choose another folder by ` +
      "--image-cache, or give --image-cache-limit 0 to decode each image whenever it is needed.",
    { cause: error },
  );
}
