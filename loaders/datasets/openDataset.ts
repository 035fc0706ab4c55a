import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Weights } from "../../src/checkpoints/weights.js";
import { type CocoFolderOptions, openCocoFolder } from "./cocoFolder.js";
import type { DetectionDataset } from "./dataset.js";
import { generatedDataset } from "./scenes/generatedDataset.js";
import { sceneClasses } from "./scenes/sceneClasses.js";

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
  if (!existsSync(given)) {
    const by = folder === undefined ? "SPINENET_DATA" : "--data";
    throw new Error(`${given}, which ${by} names, does not exist; it must be a folder in the COCO format.`);
  }
  const holdsAnnotations = (root: string) => existsSync(join(root, "annotations"));
  if (name === undefined || holdsAnnotations(given)) return openCocoFolder(given, split, options);
  const inside = join(given, name);
  if (!holdsAnnotations(inside)) {
    throw new Error(
      `No COCO-format folder is here: neither ${join(given, "annotations")} nor ${join(inside, "annotations")} exists; ` +
        `one holds annotations/instances_${split}.json beside ${split}/.`,
    );
  }
  return openCocoFolder(inside, split, options);
}

/**
 * Opens a split of one of several folders, which all lie in the one that `--data` or `SPINENET_DATA` names.
 *
 * @throws Error if none is named, or it is a COCO-format folder itself.
 */
export async function openFolderWithin(
  folder: string | undefined,
  name: string,
  split: string,
  options: CocoFolderOptions = {},
): Promise<DetectionDataset> {
  const given = folder ?? process.env.SPINENET_DATA;
  if (given && existsSync(join(given, "annotations"))) {
    throw new Error(
      `${given} is a COCO-format folder itself, and this needs several: name the folder that holds ${name} and the others.`,
    );
  }
  return openNamedFolder(folder, name, split, options);
}

/** Few enough to be painted and looked at within a minute. */
const measuringScenes = 100;

/**
 * The split of the folder that `--data` or `SPINENET_DATA` names; with neither, generated scenes, if what the weights
 * know is what those show.
 *
 * @throws Error if no folder is named and the weights know anything else.
 */
export async function openFolderOrScenes(
  folder: string | undefined,
  split: string,
  { classes, model }: Weights,
  options: CocoFolderOptions = {},
): Promise<DetectionDataset> {
  const shown: ReadonlySet<string> = new Set(sceneClasses.map(({ name }) => name));
  const names = classes.map(({ name }) => name);
  if (folder ?? process.env.SPINENET_DATA) return openNamedFolder(folder, undefined, split, options);
  if (!names.every((name) => shown.has(name))) return openNamedFolder(undefined, undefined, split, options);
  if (split !== "train" && split !== "val") {
    throw new Error(`Generated scenes have the splits train and val, no "${split}".`);
  }
  return generatedDataset({
    split,
    count: measuringScenes,
    size: Math.max(...model.inputSize),
    classes: names,
  });
}
