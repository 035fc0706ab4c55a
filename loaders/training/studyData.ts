import type { CocoFolderOptions } from "../datasets/cocoFolder.js";
import type { DetectionDataset } from "../datasets/dataset.js";
import { openNamedFolder } from "../datasets/openDataset.js";
import { generatedDataset } from "../datasets/scenes/generatedDataset.js";
import type { Study } from "./study.js";

/** A study's two splits: generated scenes, or the folder that `--data` or `SPINENET_DATA` names. */
export async function openStudyData(
  { data }: Study,
  folder: string | undefined,
  options: CocoFolderOptions = {},
): Promise<{ train: DetectionDataset; validation: DetectionDataset }> {
  if (data.kind === "scenes") {
    const { size, seed, maxObjects, classes } = data;
    const look = { size, seed, maxObjects, ...(classes ? { classes } : {}) };
    return {
      train: await generatedDataset({ ...look, split: "train", count: data.train }),
      validation: await generatedDataset({ ...look, split: "val", count: data.validation }),
    };
  }
  return {
    train: await openNamedFolder(folder, data.name, data.train, options),
    validation: await openNamedFolder(folder, data.name, data.validation, options),
  };
}
