import { Accumulator, type Curves } from "./accumulate.js";
import { matchCategories } from "./matching/matchCategories.js";
import { measuredCategoryIds } from "./matching/rowsByCategory.js";
import { type EvaluationParameters, evaluationParameters } from "./parameters.js";
import { detectionTable } from "./reading/detectionTable.js";
import { groundTruthTable } from "./reading/groundTruthTable.js";
import { averagePrecisions, summarise } from "./summarise.js";
import type { DetectionTable, GroundTruthTable } from "./tables.js";
import type { CocoDataset, CocoResult, IouType } from "./types.js";

export interface Evaluation extends Curves {
  /** AP, AP50, AP75, APs, APm, APl, AR1, AR10, AR100, ARs, ARm, ARl as fractions; −1 if there was no ground truth. */
  readonly stats: number[];
  /** Ascending; the order of `perCategoryAP` and of the curves' categories. Just −1 if class-agnostic. */
  readonly categoryIds: number[];
  readonly perCategoryAP: number[];
}

interface EvaluationOptions extends Partial<EvaluationParameters> {
  /** Called after each category with the fraction done. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Evaluates detected boxes or masks against the annotated ones. Every curve equals that of pycocotools' `COCOeval` bit
 * for bit. Detections of categories that the data set does not have are ignored.
 *
 * @throws Error as `groundTruthTable`, `detectionTable` and `evaluationParameters` do, for example if a detection names
 *   an image that the data set does not have, which pycocotools' `loadRes` also rejects
 */
export function evaluate(
  groundTruth: CocoDataset,
  detections: readonly CocoResult[],
  iouType: IouType,
  options: EvaluationOptions = {},
): Evaluation {
  const truths = groundTruthTable(groundTruth, "annotations", iouType);
  return evaluateTables(truths, detectionTable(detections, truths, "detections", iouType), iouType, options);
}

/** Like `evaluate`, on data that is already in columns. */
export function evaluateTables(
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
  iouType: IouType,
  { onProgress, ...options }: EvaluationOptions = {},
): Evaluation {
  const parameters = evaluationParameters(options);
  const categoryIds = measuredCategoryIds(groundTruth, parameters);
  const accumulator = new Accumulator(parameters, categoryIds.length);
  for (const matches of matchCategories(groundTruth, detections, iouType, parameters)) {
    accumulator.add(matches);
    onProgress?.((matches.category + 1) / categoryIds.length);
  }
  const { curves } = accumulator;
  return {
    stats: summarise(curves, parameters, categoryIds.length),
    categoryIds,
    perCategoryAP: averagePrecisions(curves, parameters, categoryIds.length),
    ...curves,
  };
}
