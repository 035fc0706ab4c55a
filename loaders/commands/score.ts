import { Command, Option } from "commander";
import { errorTypes } from "../../src/coco/errors/tide.js";
import { evaluateTables } from "../../src/coco/evaluate.js";
import { cocoParameters, evaluationParameters } from "../../src/coco/parameters.js";
import type { IouType } from "../../src/coco/types.js";
import {
  bootstrapColumns,
  bootstrapJson,
  bootstrapLines,
  bootstrapReport,
} from "../scoring/bootstrapReport.js";
import { categoryLines, categoryTable } from "../scoring/categoryLines.js";
import { categoryScores } from "../scoring/categoryScores.js";
import { errorColumns, errorLines, errorsJson } from "../scoring/errorReport.js";
import { parseIds, parseMaxDets, parseNames } from "../scoring/optionLists.js";
import { readDetectionsFile, readGroundTruthFile, refuseMissingFile } from "../scoring/readTables.js";
import { categoriesCsv, statsCsv } from "../scoring/scoreCsv.js";
import { ScoringBar } from "../scoring/scoringBar.js";
import { categoryIdsOf, imageIdsOf } from "../scoring/subsets.js";
import { summaryLines } from "../scoring/summaryLines.js";
import { parseCount, parseWhole } from "./options.js";

/** Resamples where no number is given. */
const defaultRounds = 1000;

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
  readonly bootstrap?: number | true;
  readonly against?: string;
  readonly seed: number;
  readonly errors?: boolean;
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
      cocoParameters.maxDets,
    )
    .option("--categories <list>", "only these, by name or id, with commas between them", parseNames)
    .option("--images <ids>", "only these, with commas between them", parseIds)
    .option("--class-agnostic", "let a detection of any category find an object")
    .option("--respect-ignore", 'count annotations marked "ignore" neither as missed nor as found')
    .option(
      "--bootstrap [rounds]",
      "95% intervals of AP and AP50 from resamples of the images (1000 rounds if no number is given)",
      parseCount,
    )
    .option("--against <file>", "a second detector's results: intervals of both and of their difference")
    .option("--seed <number>", "seed of the resamples", parseWhole, 0)
    .addOption(
      new Option(
        "--errors",
        "why detections are wrong, and what each type of error costs, as TIDE says",
      ).conflicts(["categories", "images", "classAgnostic"]),
    )
    .option("--skip-invalid", "leave out annotations that cannot be measured instead of refusing the file")
    .addOption(
      new Option(
        "--json",
        "print {stats, categoryIds, perCategoryAP} as JSON; with the options of their names perCategory, bootstrap, errors",
      ).conflicts("csv"),
    )
    .option(
      "--csv",
      "print the twelve numbers as CSV, with --per-class a line a category; intervals and errors beside them",
    )
    .addHelpText(
      "after",
      "\nThe numbers go to standard output, alone; what is wrong or strange about the files goes to standard error.",
    )
    .action(score);
}

async function score(options: ScoreOptions, command: Command): Promise<void> {
  const { annotations, detections, against, iouType, maxDets, seed } = options;
  const asked = options.bootstrap ?? (against === undefined ? undefined : true);
  const rounds = asked === true ? defaultRounds : asked;
  if (options.csv && options.perClass && (rounds || options.errors)) {
    command.error(
      "error: --csv --per-class has a line a category and no place for intervals and errors; use --json.",
    );
  }
  const files = [annotations, detections, ...(against ? [against] : [])];
  for (const file of files) await refuseMissingFile(file);
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
    const others = against ? await readDetectionsFile(against, groundTruth, iouType, bar) : undefined;
    bar.begin("measuring");
    const onProgress = (fraction: number) => bar.update(fraction);
    const evaluation = evaluateTables(groundTruth, results, iouType, { ...parameters, onProgress });
    if (rounds) bar.begin("drawing images anew");
    const intervals = rounds
      ? bootstrapReport(groundTruth, results, others, iouType, { ...parameters, rounds, seed, onProgress })
      : undefined;
    if (options.errors) bar.begin("sorting errors");
    const errors = options.errors
      ? errorTypes(groundTruth, results, iouType, {
          maxDetections: maxDets.at(-1),
          respectIgnore: parameters.respectIgnore,
        })
      : undefined;
    bar.stop();

    const { stats, categoryIds, perCategoryAP } = evaluation;
    const categories = categoryScores(evaluation, parameters, groundTruth.categories);
    if (options.json) {
      const more = {
        ...(options.perClass && { perCategory: categories }),
        ...(intervals && { bootstrap: bootstrapJson(intervals) }),
        ...(errors && { errors: errorsJson(errors) }),
      };
      print([JSON.stringify({ stats, categoryIds, perCategoryAP, ...more })]);
    } else if (options.csv) {
      const more = [
        ...(intervals ? bootstrapColumns(intervals) : []),
        ...(errors ? errorColumns(errors) : []),
      ];
      print(options.perClass ? categoriesCsv(categories, maxDets) : statsCsv(stats, maxDets, more));
    } else {
      print([
        ...summaryLines(stats, parameters),
        "",
        ...(intervals ? [...bootstrapLines(intervals, { detections, against }), ""] : []),
        ...(errors ? [...errorLines(errors), ""] : []),
        ...(options.perClass ? categoryTable(categories, maxDets) : categoryLines(categories)),
      ]);
    }
  } finally {
    bar.stop();
  }
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
