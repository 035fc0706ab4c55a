import { Command, Option } from "commander";
import { evaluateTables } from "../../src/coco/evaluate.js";
import { COCO_PARAMETERS, evaluationParameters } from "../../src/coco/parameters.js";
import type { IouType } from "../../src/coco/types.js";
import { categoryLines, categoryTable } from "../scoring/categoryLines.js";
import { categoryScores } from "../scoring/categoryScores.js";
import { parseIds, parseMaxDets, parseNames } from "../scoring/optionLists.js";
import { readDetectionsFile, readGroundTruthFile, refuseMissingFile } from "../scoring/readTables.js";
import { categoriesCsv, statsCsv } from "../scoring/scoreCsv.js";
import { ScoringBar } from "../scoring/scoringBar.js";
import { categoryIdsOf, imageIdsOf } from "../scoring/subsets.js";
import { summaryLines } from "../scoring/summaryLines.js";

interface ScoreOptions {
  readonly annotations: string;
  readonly detections: string;
  readonly iouType: IouType;
  readonly perClass?: boolean;
  readonly maxDets: readonly number[];
  readonly categories?: readonly string[];
  readonly images?: readonly number[];
  readonly classAgnostic?: boolean;
  readonly respectIgnore?: boolean;
  readonly skipInvalid?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** `score`: the twelve COCO numbers of any detector's results. */
export function scoreCommand(): Command {
  return new Command("score")
    .description(
      "Measures detections against annotations as pycocotools does: the twelve COCO numbers, and AP by category.",
    )
    .requiredOption("--annotations <file>", "COCO annotations, instances_<split>.json")
    .requiredOption(
      "--detections <file>",
      "COCO results: an array of {image_id, category_id, score} with bbox, segmentation or both",
    )
    .addOption(
      new Option("--iou-type <type>", "what is measured, boxes or masks")
        .choices(["bbox", "segm"])
        .default("bbox" satisfies IouType),
    )
    .option("--per-class", "all numbers of each category, not only its AP")
    .option(
      "--max-dets <counts>",
      "detections of an image and category that count, best first",
      parseMaxDets,
      COCO_PARAMETERS.maxDets,
    )
    .option("--categories <list>", "only these, by name or id, with commas between them", parseNames)
    .option("--images <ids>", "only these, with commas between them", parseIds)
    .option("--class-agnostic", "let a detection of any category find an object")
    .option("--respect-ignore", 'count annotations marked "ignore" neither as missed nor as found')
    .option("--skip-invalid", "leave out annotations that cannot be measured instead of refusing the file")
    .addOption(
      new Option(
        "--json",
        "print {stats, categoryIds, perCategoryAP} as JSON, with --per-class perCategory, too",
      ).conflicts("csv"),
    )
    .option("--csv", "print the twelve numbers as CSV, with --per-class a line a category")
    .addHelpText(
      "after",
      "\nThe numbers go to standard output, alone; what is wrong or strange about the files goes to standard error.",
    )
    .action(score);
}

async function score(options: ScoreOptions): Promise<void> {
  const { annotations, detections, iouType, maxDets } = options;
  await refuseMissingFile(annotations);
  await refuseMissingFile(detections);
  const bar = await ScoringBar.create();
  try {
    const groundTruth = await readGroundTruthFile(annotations, iouType, bar, {
      invalid: options.skipInvalid ? "skip" : "refuse",
    });
    const parameters = evaluationParameters({
      maxDets,
      classAgnostic: options.classAgnostic,
      respectIgnore: options.respectIgnore,
      categoryIds:
        options.categories && categoryIdsOf(options.categories, groundTruth.categories, annotations),
      imageIds: options.images && imageIdsOf(options.images, groundTruth.images, annotations),
    });
    const results = await readDetectionsFile(detections, groundTruth, iouType, bar);
    bar.begin("measuring");
    const onProgress = (fraction: number) => bar.update(fraction);
    const evaluation = evaluateTables(groundTruth, results, iouType, { ...parameters, onProgress });
    bar.stop();

    const { stats, categoryIds, perCategoryAP } = evaluation;
    const categories = categoryScores(evaluation, parameters, groundTruth.categories);
    if (options.json) {
      const perCategory = options.perClass ? { perCategory: categories } : {};
      print([JSON.stringify({ stats, categoryIds, perCategoryAP, ...perCategory })]);
    } else if (options.csv) {
      print(options.perClass ? categoriesCsv(categories, maxDets) : statsCsv(stats, maxDets));
    } else {
      const table = options.perClass ? categoryTable(categories, maxDets) : categoryLines(categories);
      print([...summaryLines(stats, parameters), "", ...table]);
    }
  } finally {
    bar.stop();
  }
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
