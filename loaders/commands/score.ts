import { Command, Option } from "commander";
import { type ErrorTypes, errorTypes } from "../../src/coco/errors/errorTypes.js";
import { type Evaluation, evaluateTables } from "../../src/coco/evaluate.js";
import {
  cocoParameters,
  type EvaluationParameters,
  evaluationParameters,
} from "../../src/coco/parameters.js";
import type { IouType } from "../../src/coco/types.js";
import { shownJson } from "../../src/text/shownJson.js";
import {
  type BootstrapReport,
  bootstrapColumns,
  bootstrapJson,
  bootstrapLines,
  bootstrapReport,
} from "../scoring/bootstrapReport.js";
import {
  type CategoryScores,
  categoriesCsv,
  categoryLines,
  categoryScores,
  categoryTable,
} from "../scoring/categoryReport.js";
import { errorColumns, errorLines, errorsJson } from "../scoring/errorReport.js";
import { readDetectionsFile, readGroundTruthFile, refuseMissingFile } from "../scoring/readTables.js";
import { ScoringBar } from "../scoring/scoringBar.js";
import { statsCsv, summaryLines } from "../scoring/statsReport.js";
import { categoryIdsOf, imageIdsOf } from "../scoring/subset.js";
import { printLines } from "../terminal.js";
import { parseCount, parseIds, parseMaxDets, parseNames, parseWhole } from "./options.js";

/** Bootstrap samples if no number is given. */
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
      "Evaluates detections against annotations as pycocotools does: the twelve COCO numbers, and AP per category.",
    )
    .requiredOption("--annotations <file>", "COCO annotations, instances_<split>.json")
    .requiredOption(
      "--detections <file>",
      "COCO results: an array of {image_id, category_id, score} with bbox, segmentation or both",
    )
    .addOption(
      new Option("--iou-type <type>", "what to evaluate, boxes or masks")
        .choices(["bbox", "segm"])
        .default("bbox" satisfies IouType),
    )
    .option("--per-class", "all numbers of each category instead of only AP")
    .option(
      "--max-dets <counts>",
      "maximum number of detections per image and category, as three ascending numbers",
      parseMaxDets,
      cocoParameters.maxDets,
    )
    .option("--categories <list>", "only these, a comma-separated list of names or ids", parseNames)
    .option("--images <ids>", "only these, a comma-separated list of ids", parseIds)
    .option("--class-agnostic", "match detections to objects of any category")
    .option("--respect-ignore", 'ignore annotations marked "ignore", and detections that match them')
    .option(
      "--bootstrap [rounds]",
      "95% confidence intervals of AP and AP50 from this many bootstrap samples of the images (default: 1000)",
      parseCount,
    )
    .option("--against <file>", "another detector's results: adds intervals of both and of their difference")
    .option("--seed <number>", "random seed of the bootstrap", parseWhole, 0)
    .addOption(
      new Option(
        "--errors",
        "error analysis as in TIDE: why detections are wrong, and what each type of error costs",
      ).conflicts(["categories", "images", "classAgnostic"]),
    )
    .option("--skip-invalid", "skip invalid annotations instead of rejecting the file")
    .addOption(
      new Option(
        "--json",
        "print {stats, categoryIds, perCategoryAP} as JSON, plus perCategory, bootstrap and errors if requested",
      ).conflicts("csv"),
    )
    .option(
      "--csv",
      "print the twelve numbers as CSV, plus intervals and errors; with --per-class one line per category",
    )
    .addHelpText(
      "after",
      "\nOnly the numbers go to standard output; warnings and errors go to standard error.",
    )
    .action(score);
}

async function score(options: ScoreOptions, command: Command): Promise<void> {
  const { annotations, detections, against, iouType, maxDets, seed } = options;
  const asked = options.bootstrap ?? (against === undefined ? undefined : true);
  const rounds = asked === true ? defaultRounds : asked;
  if (options.csv && options.perClass && (rounds || options.errors)) {
    command.error("error: --csv --per-class has no columns for intervals and errors; use --json.");
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
    bar.begin("evaluating");
    const onProgress = (fraction: number) => bar.update(fraction);
    const evaluation = evaluateTables(groundTruth, results, iouType, { ...parameters, onProgress });
    if (rounds) bar.begin("bootstrapping");
    const intervals = rounds
      ? bootstrapReport(groundTruth, results, others, iouType, { ...parameters, rounds, seed, onProgress })
      : undefined;
    if (options.errors) bar.begin("analysing errors");
    const errors = options.errors
      ? errorTypes(groundTruth, results, iouType, {
          maxDetections: maxDets.at(-1),
          respectIgnore: parameters.respectIgnore,
        })
      : undefined;
    bar.stop();
    const categories = categoryScores(evaluation, parameters, groundTruth.categories);
    const lines = reportOf({ evaluation, parameters, categories, intervals, errors }, options);
    printLines(lines);
  } finally {
    bar.stop();
  }
}

interface Scores {
  readonly evaluation: Evaluation;
  readonly parameters: EvaluationParameters;
  readonly categories: readonly CategoryScores[];
  readonly intervals: BootstrapReport | undefined;
  readonly errors: ErrorTypes | undefined;
}

function reportOf(
  { evaluation, parameters, categories, intervals, errors }: Scores,
  { json, csv, perClass, maxDets, detections, against }: ScoreOptions,
): string[] {
  const { stats, categoryIds, perCategoryAP } = evaluation;
  if (json) {
    const more = {
      ...(perClass && { perCategory: categories }),
      ...(intervals && { bootstrap: bootstrapJson(intervals) }),
      ...(errors && { errors: errorsJson(errors) }),
    };
    return [shownJson({ stats, categoryIds, perCategoryAP, ...more })];
  }
  if (csv) {
    if (perClass) return categoriesCsv(categories, maxDets);
    const more = [...(intervals ? bootstrapColumns(intervals) : []), ...(errors ? errorColumns(errors) : [])];
    return statsCsv(stats, maxDets, more);
  }
  return [
    ...summaryLines(stats, parameters),
    "",
    ...(intervals ? [...bootstrapLines(intervals, { detections, against }), ""] : []),
    ...(errors ? [...errorLines(errors), ""] : []),
    ...(perClass ? categoryTable(categories, maxDets) : categoryLines(categories)),
  ];
}
