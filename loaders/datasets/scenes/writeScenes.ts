import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { encode } from "fast-png";
import { errorCode } from "../../files/errorCode.js";
import { partialPath } from "../../files/partialFile.js";
import { writeFailure } from "../../files/writeFailure.js";
import type { DetectionDataset } from "../dataset.js";

/**
 * Writes data sets, one per split, as a folder in COCO format with PNG images: under another name first, then renamed, so
 * a folder of that name is always complete. The bytes are the same on every machine.
 *
 * @param folder may exist, but must be empty
 * @param onImage called after each image
 * @throws Error if the folder is not empty, or cannot be written: why, and what helps
 */
export async function writeScenes(
  folder: string,
  datasets: readonly DetectionDataset[],
  onImage: () => void = () => {},
): Promise<void> {
  const target = resolve(folder);
  const existing = await readdir(target).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new Error(`${target}: is not a readable folder; choose another.`, { cause: error });
  });
  if (existing !== undefined && existing.length > 0) {
    throw new Error(`${target}: the folder is not empty; choose a new one, or empty it first.`);
  }
  const beside = await partialPath(dirname(target));
  try {
    await mkdir(join(beside, "annotations"), { recursive: true });
    for (const { split, coco, images } of datasets) {
      await mkdir(join(beside, split));
      for (const image of images) {
        const { width, height, data } = await image.open();
        await writeFile(join(beside, split, image.fileName), encode({ width, height, data, channels: 3 }));
        onImage();
      }
      await writeFile(join(beside, "annotations", `instances_${split}.json`), `${JSON.stringify(coco)}\n`);
    }
    if (existing !== undefined) await rmdir(target);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { recursive: true, force: true }).catch(() => {});
    throw errorCode(error) === undefined ? error : writeFailure(target, error);
  }
}
