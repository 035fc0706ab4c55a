import { existsSync } from "node:fs";
import { join } from "node:path";
import { type CocoFolderOptions, openCocoFolder } from "./cocoFolder.js";
import type { DetectionDataset } from "./dataset.js";

/**
 * Opens a split of the folder that `--data` or `SPINENET_DATA` names: a COCO-format folder itself, or one that holds
 * it under `name`.
 *
 * @throws Error if neither names a folder, or no COCO-format folder is there.
 */
export async function openNamedFolder(
  folder: string | undefined,
  name: string | undefined,
  split: string,
  options: CocoFolderOptions = {},
): Promise<DetectionDataset> {
  const given = folder ?? process.env.SPINENET_DATA;
  if (!given) {
    throw new Error(
      `This needs ${name === undefined ? "a data set" : `the data set "${name}"`}: name its COCO-format folder ` +
        "(annotations/instances_<split>.json beside <split>/) with --data DIR or SPINENET_DATA.",
    );
  }
  const inside = name === undefined ? given : join(given, name);
  return openCocoFolder(existsSync(join(given, "annotations")) ? given : inside, split, options);
}
