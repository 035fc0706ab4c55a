import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { parseDataset } from "../../src/coco/reading/parse.js";
import {
  type SkippedAnnotation,
  type ValidateOptions,
  validateDataset,
} from "../../src/coco/reading/validate.js";
import type { CocoAnnotation } from "../../src/coco/types.js";
import { parseJson } from "../files/json.js";
import { readFailure } from "../files/readFailure.js";
import type { DetectionDataset } from "./dataset.js";
import { openPixels, type PixelSource } from "./pixelSource.js";

export interface CocoFolderOptions extends ValidateOptions {
  /** Called with the skipped annotations, if there are any. */
  readonly onSkipped?: (skipped: readonly SkippedAnnotation[], source: string) => void;
}

/**
 * Opens one split of a COCO-format folder: `annotations/instances_<split>.json` beside `<split>/` with the images.
 * Images are listed, not decoded; all of them must exist.
 *
 * @returns a data set whose `hash` is the sha256 over one line `<file name>\t<bytes>\n` per image, sorted by name,
 *   followed by the sha256 of the annotation file in hexadecimal
 * @throws Error naming the file and the remedy
 */
export async function openCocoFolder(
  folder: string,
  split: string,
  { invalid, onSkipped }: CocoFolderOptions = {},
): Promise<DetectionDataset> {
  const root = resolve(folder);
  const source = join(root, "annotations", `instances_${split}.json`);
  const bytes = await readAnnotations(source, root, split);
  const parsed = parseDataset(parseJson(bytes.toString("utf8"), source), source);
  const { dataset: coco, skipped } = validateDataset(parsed, source, { invalid });
  if (skipped.length > 0) {
    onSkipped?.(skipped, source);
  }

  const imageFolder = join(root, split);
  const present = new Set(await listFolder(imageFolder, split));
  const annotationsOf = new Map<number, CocoAnnotation[]>(coco.images.map(({ id }) => [id, []]));
  for (const annotation of coco.annotations) {
    annotationsOf.get(annotation.image_id)!.push(annotation);
  }
  const images = coco.images.map(({ id, file_name, width, height }, index) => {
    if (!present.has(file_name)) {
      throw new Error(
        `${source}: images[${index}].file_name: ${file_name} is not in ${imageFolder}; ` +
          "add the image there, or remove it from the annotations.",
      );
    }
    const pixels: PixelSource = {
      kind: "file",
      file: join(imageFolder, file_name),
      width,
      height,
      annotations: source,
    };
    return {
      id,
      source: pixels,
      open: () => openPixels(pixels),
      fileName: file_name,
      width,
      height,
      annotations: annotationsOf.get(id)!,
    };
  });

  const names = new Set(images.map(({ fileName }) => fileName));
  const files = [...names].map((name) => [name, join(imageFolder, name)] as const);
  const hash = await hashOf(files, bytes);
  return { name: basename(root), split, hash, categories: coco.categories, images, coco };
}

async function readAnnotations(source: string, root: string, split: string): Promise<Buffer> {
  try {
    return await readFile(source);
  } catch (error) {
    const splits = await readdir(join(root, "annotations")).then(
      (names) => names.flatMap((name) => /^instances_(.+)\.json$/.exec(name)?.[1] ?? []),
      () => [],
    );
    const remedy =
      splits.length > 0
        ? `the folder has the splits ${splits.sort().join(", ")}`
        : `a folder in COCO format has annotations/instances_${split}.json next to ${split}/`;
    throw new Error(`${source}: ${readFailure(error)}; ${remedy}.`, { cause: error });
  }
}

async function listFolder(folder: string, split: string): Promise<string[]> {
  try {
    return await readdir(folder, { recursive: true });
  } catch (error) {
    throw new Error(`${folder}: ${readFailure(error)}; the images of the split ${split} belong there.`, {
      cause: error,
    });
  }
}

async function hashOf(
  files: (readonly [name: string, file: string])[],
  annotations: Buffer,
): Promise<string> {
  const lines: string[] = [];
  // A few hundred at a time: a hundred thousand pending requests would only wait for each other.
  for (let start = 0; start < files.length; start += 256) {
    const batch = files.slice(start, start + 256);
    lines.push(
      ...(await Promise.all(batch.map(async ([name, file]) => `${name}\t${(await stat(file)).size}\n`))),
    );
  }
  const hash = createHash("sha256");
  for (const line of lines.sort()) {
    hash.update(line);
  }
  return hash.update(createHash("sha256").update(annotations).digest("hex")).digest("hex");
}
