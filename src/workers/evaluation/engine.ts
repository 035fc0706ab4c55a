import {
  bootstrap,
  bootstrapPair,
  type PrecisionIntervals as MaybeIntervals,
} from "../../coco/bootstrap/confidenceIntervals.js";
import { type ErrorTypes, errorTypeNames, errorTypes } from "../../coco/errors/errorTypes.js";
import { type Evaluation, evaluateTables } from "../../coco/evaluate.js";
import { cocoParameters } from "../../coco/parameters.js";
import type { BuiltGroundTruth, Remarks } from "../../coco/reading/groundTruthTable.js";
import type { ReadDetections } from "../../coco/reading/readDetections.js";
import type { DetectionTable, GroundTruthTable } from "../../coco/tables.js";
import type {
  ErrorReport,
  EvaluationEngine,
  EvaluationFile,
  EvaluationProgress,
  EvaluationQuestion,
  MeasuredResults,
  PrecisionIntervals,
} from "../../messages/evaluation.js";
import { EvaluationTables } from "./tables.js";

/** At most as many wrong detections are listed. */
const mostListed = 50;

/** The fraction of the samples that an interval covers. */
const level = 0.95;

/** Answers questions about files, each of which it reads once. Errors name file, index and field. */
export function evaluationEngine(): EvaluationEngine {
  const tables = new EvaluationTables();
  const read = async (
    { groundTruth, detections, iouType }: EvaluationQuestion,
    progress: EvaluationProgress,
  ) => {
    const built = await tables.groundTruth(groundTruth, iouType, progress);
    return { built, found: await tables.detections(detections, built, iouType, progress) };
  };
  return {
    async measure(question, progress) {
      const started = performance.now();
      const { built, found } = await read(question, progress);
      progress("matching", 0);
      const evaluation = evaluateTables(built.table, found.table, question.iouType, {
        onProgress: (fraction) => progress("matching", fraction),
      });
      return {
        ...countsOf(built.table, found.table),
        remarks: remarksOf(question.groundTruth, built, question.detections, found),
        ...numbersOf(evaluation),
        milliseconds: performance.now() - started,
      };
    },

    async classify(question, progress) {
      const { built, found } = await read(question, progress);
      progress("errors", 0);
      const errors = errorTypes(built.table, found.table, question.iouType);
      return errorsOf(errors, built.table, found.table);
    },

    async bootstrap({ others, samples, seed, ...question }, progress) {
      const { iouType } = question;
      const { built, found } = await read(question, progress);
      const otherFound = others && (await tables.detections(others, built, iouType, progress));
      progress("samples", 0);
      const onProgress = (fraction: number) => progress("samples", fraction);
      const options = { rounds: samples, seed, level, onProgress };
      if (otherFound === null) {
        const alone = bootstrap(built.table, found.table, iouType, options);
        return { samples, level, sets: [intervalsOf(alone)], difference: null };
      }
      // The others come first, since what they gain over the detections is asked for.
      const pair = bootstrapPair(built.table, [otherFound.table, found.table], iouType, options);
      const sets = [intervalsOf(pair.second), intervalsOf(pair.first)];
      return { samples, level, sets, difference: intervalsOf(pair.difference) };
    },
  };
}

function intervalsOf({ ap, ap50 }: MaybeIntervals): PrecisionIntervals {
  return { ap: ap ?? null, ap50: ap50 ?? null };
}

function countsOf(
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
): Pick<MeasuredResults, "images" | "annotations" | "detections" | "categories"> {
  const objects = new Uint32Array(groundTruth.categories.length);
  groundTruth.category.forEach((category, row) => {
    if (groundTruth.crowd[row] === 0) objects[category]!++;
  });
  const found = new Uint32Array(groundTruth.categories.length);
  // Unknown categories are −1, which is no index of the array.
  for (const category of detections.category) found[category]!++;
  return {
    images: groundTruth.images.length,
    annotations: groundTruth.length,
    detections: detections.length,
    categories: groundTruth.categories.map(({ id, name }, index) => ({
      id,
      name,
      objects: objects[index]!,
      detections: found[index]!,
    })),
  };
}

function remarksOf(
  groundTruth: EvaluationFile,
  { skipped, odd }: BuiltGroundTruth,
  detections: EvaluationFile,
  { table, unknownCategories }: ReadDetections,
): string[] {
  const about = ({ count, first }: Remarks, what: string) =>
    count === 0
      ? []
      : [`${groundTruth.name}: ${annotations(count)} ${what}; the first is ${first ?? "not named"}.`];
  const unknownCategoryCount = [...unknownCategories.values()].reduce((sum, count) => sum + count, 0);
  const ids = [...unknownCategories.keys()];
  return [
    ...about(skipped, "left out, since they cannot be measured"),
    ...about(odd, "measured as they are, though their boxes are odd"),
    ...(table.length === 0 ? [`${detections.name}: it has no detections, so nothing is found.`] : []),
    ...(unknownCategoryCount === 0
      ? []
      : [
          `${detections.name}: ${unknownCategoryCount.toLocaleString("en-US")} of its detections are not counted, since the ` +
            `annotations lack their categories: ${ids.slice(0, 10).join(", ")}${ids.length > 10 ? ", …" : ""}.`,
        ]),
  ];
}

const annotations = (count: number) =>
  `${count.toLocaleString("en-US")} ${count === 1 ? "annotation was" : "annotations were"}`;

/** The numbers, and the curves that a page draws: of objects of every size, at the highest limit on detections. */
function numbersOf({
  stats,
  perCategoryAP,
  precision,
  scores,
}: Evaluation): Pick<
  MeasuredResults,
  "stats" | "perCategoryAP" | "iouThresholds" | "recallThresholds" | "precision" | "scores"
> {
  const { iouThresholds, recallThresholds, areaRanges, maxDets } = cocoParameters;
  const slices = areaRanges.length * maxDets.length;
  const slice = areaRanges.findIndex(({ name }) => name === "all") * maxDets.length + maxDets.length - 1;
  const sliced = (column: Float64Array) =>
    Float64Array.from({ length: column.length / slices }, (_, index) => column[index * slices + slice]!);
  return {
    stats,
    perCategoryAP: Float64Array.from(perCategoryAP),
    iouThresholds: [...iouThresholds],
    recallThresholds: [...recallThresholds],
    precision: sliced(precision),
    scores: sliced(scores),
  };
}

function errorsOf(
  { ap, types, detections: errors }: ErrorTypes,
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
): ErrorReport {
  const categoryName = (index: number) => groundTruth.categories[index]!.name;
  const { boxes } = detections;
  return {
    ap,
    errors: errorTypeNames.map((name) => ({ name, count: types[name].count, cost: types[name].cost })),
    costliest: Array.from({ length: Math.min(errors.length, mostListed) }, (_, index) => {
      const row = errors.rows[index]!;
      const object = errors.objects[index]!;
      return {
        name: errorTypeNames[errors.types[index]!]!,
        image: groundTruth.images[detections.image[row]!]!.file_name,
        category: categoryName(detections.category[row]!),
        object: object < 0 ? null : categoryName(groundTruth.category[object]!),
        score: detections.scores[row]!,
        bbox: [boxes[4 * row]!, boxes[4 * row + 1]!, boxes[4 * row + 2]!, boxes[4 * row + 3]!],
        cost: errors.costs[index]!,
      };
    }),
  };
}
