import type { CocoFolderOptions } from "../datasets/cocoFolder.js";
import type { DetectionDataset } from "../datasets/dataset.js";
import { joinDatasets, joinedCategories, withCategories } from "../datasets/joinedDataset.js";
import { openFolderWithin, openNamedFolder } from "../datasets/openDataset.js";
import { generateDataset } from "../datasets/scenes/generateDataset.js";
import type { Study } from "./study.js";

type JoinedData = Extract<Study["data"], { kind: "joined" }>;

interface StudyData {
  readonly train: DetectionDataset;
  readonly validation: DetectionDataset;
}

/** A study's two splits: generated scenes, or those of the data sets that `--data` or `SPINENET_DATA` names. */
export async function openStudyData(
  { data }: Study,
  folder: string | undefined,
  options: CocoFolderOptions = {},
): Promise<StudyData> {
  if (data.kind === "scenes") {
    const { size, seed, maxObjects, classes } = data;
    const look = { size, seed, maxObjects, ...(classes ? { classes } : {}) };
    return {
      train: await generateDataset({ ...look, split: "train", count: data.train }),
      validation: await generateDataset({ ...look, split: "val", count: data.validation }),
    };
  }
  if (data.kind === "joined") return openJoinedData(data, folder, options);
  return {
    train: await openNamedFolder(folder, data.name, data.train, options),
    validation: await openNamedFolder(folder, data.name, data.validation, options),
  };
}

/** @throws Error if the part to evaluate is unknown, or if unannotated objects would count as false positives */
async function openJoinedData(
  { parts, categories: wanted, validation: measured }: JoinedData,
  folder: string | undefined,
  options: CocoFolderOptions,
): Promise<StudyData> {
  const open = (split: "train" | "validation") =>
    Promise.all(parts.map((part) => openFolderWithin(folder, part.name, part[split], options)));
  const train = await open("train");
  const categories = joinedCategories(train, wanted);
  const validation = await open("validation");
  const named = parts.findIndex(({ name }) => name === measured);
  if (measured !== undefined && named < 0) {
    throw new Error(
      `The study's data.validation is "${measured}", but its parts are ${parts.map(({ name }) => name).join(", ")}.`,
    );
  }
  if (named >= 0) {
    return {
      train: joinDatasets(train, categories),
      validation: withCategories(validation[named]!, categories),
    };
  }
  const lacking = validation.find(
    (part) => withCategories(part, categories).categories.length < categories.length,
  );
  if (lacking) {
    throw new Error(
      `The data set ${lacking.name} lacks categories of the joined list, so detecting them there would count as an error. ` +
        `Name the part to evaluate in the study's data.validation.`,
    );
  }
  return { train: joinDatasets(train, categories), validation: joinDatasets(validation, categories) };
}
