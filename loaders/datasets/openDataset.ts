import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Weights } from "../../src/checkpoints/weights.js";
import { type CocoFolderOptions, openCocoFolder } from "./cocoFolder.js";
import type { DetectionDataset } from "./dataset.js";
import { generateDataset } from "./scenes/generateDataset.js";
import { sceneClasses } from "./scenes/sceneClasses.js";

/**
 * Opens a split of the folder that `--data` or `SPINENET_DATA` names: a folder in COCO format, or its parent if `name` is
 * given.
 *
 * @throws Error if neither names a folder, or there is no folder in COCO format
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
      `This needs ${name === undefined ? "a data set" : `the data set "${name}"`}: give its folder in COCO format ` +
        "(annotations/instances_<split>.json next to <split>/) with --data DIR or SPINENET_DATA.",
    );
  }
  if (!existsSync(given)) {
    const by = folder === undefined ? "SPINENET_DATA" : "--data";
    throw new Error(`${given}, given by ${by}, does not exist; it must be a folder in COCO format.`);
  }
  const holdsAnnotations = (root: string) => existsSync(join(root, "annotations"));
  if (name === undefined || holdsAnnotations(given)) return openCocoFolder(given, split, options);
  const inside = join(given, name);
  if (!holdsAnnotations(inside)) {
    throw new Error(
      `There is no folder in COCO format: neither ${join(given, "annotations")} nor ${join(inside, "annotations")} exists. ` +
        `It has annotations/instances_${split}.json next to ${split}/.`,
    );
  }
  return openCocoFolder(inside, split, options);
}

/**
 * Opens a split of one of several folders inside the one that `--data` or `SPINENET_DATA` names.
 *
 * @throws Error if none is named, or if that one is itself in COCO format
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
      `${given} is a single data set, but this needs several: give the folder that contains ${name} and the others.`,
    );
  }
  return openNamedFolder(folder, name, split, options);
}

/** Few enough to be generated and evaluated within a minute. */
const measuringScenes = 100;

/**
 * The split of the folder that `--data` or `SPINENET_DATA` names; with neither, generated scenes, if the weights' classes
 * are theirs.
 *
 * @throws Error if no folder is named and the weights have other classes
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
    throw new Error(`Generated scenes have the splits train and val, not "${split}".`);
  }
  return generateDataset({
    split,
    count: measuringScenes,
    size: Math.max(...model.inputSize),
    classes: names,
  });
}
