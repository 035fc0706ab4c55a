import {
  bootstrap,
  bootstrapPair,
  type PrecisionIntervals,
} from "../../coco/bootstrap/confidenceIntervals.js";
import { type ErrorTypes, errorTypeNames, errorTypes } from "../../coco/errors/tide.js";
import { type Evaluation, evaluateTables } from "../../coco/evaluate.js";
import { cocoParameters } from "../../coco/parameters.js";
import type { BuiltGroundTruth, Remarks } from "../../coco/reading/groundTruthTable.js";
import type { ReadDetections } from "../../coco/reading/readDetections.js";
import type { DetectionTable, GroundTruthTable } from "../../coco/tables.js";
import type {
  Classified,
  EvaluationAnswer,
  EvaluationRequest,
  FileOfPage,
  Measured,
  Resampled,
} from "./messages.js";
import type { EvaluationTables, OnProgress } from "./tables.js";

type FinalAnswer = Exclude<EvaluationAnswer, { readonly type: "progress" | "failed" }>;

/** Of all wrong detections so many are listed. */
const mostListed = 50;

/** The part of the samples that an interval holds. */
const confidenceLevel = 0.95;

/**
 * Reads the files a request names, unless they are read already, and answers it.
 *
 * @throws Error, a sentence that names file, index and field, where a file is not what it should be
 */
export async function answerTo(
  request: EvaluationRequest,
  tables: EvaluationTables,
  progress: OnProgress,
): Promise<FinalAnswer> {
  const { id, iouType } = request;
  const started = performance.now();
  const built = await tables.groundTruth(request.groundTruth, iouType, progress);
  const read = await tables.detections(request.detections, built, iouType, progress);
  switch (request.type) {
    case "measure": {
      progress("matching", 0);
      const evaluation = evaluateTables(built.table, read.table, iouType, {
        onProgress: (fraction) => progress("matching", fraction),
      });
      return {
        type: "measured",
        id,
        ...countsOf(built.table, read.table),
        remarks: remarksOf(request.groundTruth, built, request.detections, read),
        ...numbersOf(evaluation),
        milliseconds: performance.now() - started,
      };
    }
    case "classify": {
      progress("errors", 0);
      const found = errorTypes(built.table, read.table, iouType);
      return { type: "classified", id, ...errorsOf(found, built.table, read.table) };
    }
    case "resample": {
      const { others, samples, seed } = request;
      const otherRead = others && (await tables.detections(others, built, iouType, progress));
      progress("samples", 0);
      const options = {
        rounds: samples,
        seed,
        level: confidenceLevel,
        onProgress: (fraction: number) => progress("samples", fraction),
      };
      const about = { type: "resampled", id, samples, level: confidenceLevel } as const;
      if (otherRead === null) {
        const alone = bootstrap(built.table, read.table, iouType, options);
        return { ...about, sets: [intervalsOf(alone)], difference: null };
      }
      // The others come first, since what they gain over the detections is asked for.
      const pair = bootstrapPair(built.table, [otherRead.table, read.table], iouType, options);
      return {
        ...about,
        sets: [intervalsOf(pair.second), intervalsOf(pair.first)],
        difference: intervalsOf(pair.difference),
      };
    }
  }
}

function intervalsOf({ ap, ap50 }: PrecisionIntervals): Resampled["sets"][number] {
  return { ap: ap ?? null, ap50: ap50 ?? null };
}

function countsOf(
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
): Pick<Measured, "images" | "annotations" | "detections" | "strangers" | "categories"> {
  const objects = new Int32Array(groundTruth.categories.length);
  for (let row = 0; row < groundTruth.length; row++) {
    if (groundTruth.crowd[row] === 0) objects[groundTruth.category[row]!]!++;
  }
  const found = new Int32Array(groundTruth.categories.length);
  let strangers = 0;
  for (const category of detections.category) {
    if (category < 0) strangers++;
    else found[category]!++;
  }
  return {
    images: groundTruth.images.length,
    annotations: groundTruth.length,
    detections: detections.length,
    strangers,
    categories: groundTruth.categories.map(({ id, name }, index) => ({
      id,
      name,
      objects: objects[index]!,
      detections: found[index]!,
    })),
  };
}

function remarksOf(
  groundTruth: FileOfPage,
  { skipped, odd }: BuiltGroundTruth,
  detections: FileOfPage,
  { table, unknownCategories }: ReadDetections,
): string[] {
  const about = ({ count, first }: Remarks, what: string) =>
    count === 0
      ? []
      : [`${groundTruth.name}: ${annotations(count)} ${what}; the first is ${first ?? "not named"}.`];
  const strangers = [...unknownCategories.values()].reduce((sum, count) => sum + count, 0);
  const ids = [...unknownCategories.keys()];
  return [
    ...about(skipped, "left out, since they cannot be measured"),
    ...about(odd, "measured as they are, though their boxes are odd"),
    ...(table.length === 0
      ? [`${detections.name}: there are no detections at all, so nothing is found.`]
      : []),
    ...(strangers === 0
      ? []
      : [
          `${detections.name}: ${strangers.toLocaleString("en-US")} of its detections count for nothing, since the ` +
            `annotations do not have their categories: ${ids.slice(0, 10).join(", ")}${ids.length > 10 ? ", …" : ""}.`,
        ]),
  ];
}

const annotations = (count: number) =>
  `${count.toLocaleString("en-US")} ${count === 1 ? "annotation was" : "annotations were"}`;

/** Of the curves, those of objects of every size and as many detections as count at most: what a page draws. */
function numbersOf({
  stats,
  perCategoryAP,
  precision,
  scores,
}: Evaluation): Pick<
  Measured,
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
): Pick<Classified, "ap" | "errors" | "costliest"> {
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
