import { cocoParameters } from "../parameters.js";
import { sortByScore } from "../sortByScore.js";
import type { DetectionTable, GroundTruthTable } from "../tables.js";
import type { IouType } from "../types.js";
import { errorCosts, missedRows } from "./errorCosts.js";
import {
  type ErrorType,
  errorReasons,
  errorTypeNames,
  type ReasonParameters,
  type Reasons,
} from "./errorReasons.js";

export { type ErrorType, errorTypeNames } from "./errorReasons.js";

export interface ErrorParameters extends ReasonParameters {
  /** Recalls at which precision is sampled, ascending. */
  readonly recallThresholds: readonly number[];
}

/** TIDE's thresholds, and COCO's recalls. */
export const errorParameters: ErrorParameters = {
  foreground: 0.5,
  background: 0.1,
  maxDetections: 100,
  respectIgnore: false,
  recallThresholds: cocoParameters.recallThresholds,
};

/** The number of errors of a type, and the AP gained without all of them, as a fraction. */
export interface ErrorSum {
  readonly count: number;
  readonly cost: number;
}

/** Errors of detections as columns, one row per error, by descending cost, then score. */
export interface DetectionErrors {
  readonly length: number;
  /** Rows of the detections. */
  readonly rows: Int32Array;
  /** Indices into `errorTypeNames`. */
  readonly types: Uint8Array;
  /**
   * Rows of the ground truth: the object whose place or category is wrong, that had already been found, or that is
   * nearby (`both`); −1 for background.
   */
  readonly objects: Int32Array;
  /**
   * AP gained without this one error, as a fraction: the gain of its categories' APs, divided by the number of categories
   * with objects.
   */
  readonly costs: Float64Array;
}

export interface ErrorTypes {
  /** AP at `foreground`, averaged over the categories with objects; −1 if there are none. */
  readonly ap: number;
  /** Each type is fixed separately, so costs do not add up to 1 − AP. */
  readonly types: Readonly<Record<ErrorType, ErrorSum>>;
  /** All false positives, ranked below the true positives. */
  readonly falsePositives: ErrorSum;
  /** All objects that were not found, removed. */
  readonly falseNegatives: ErrorSum;
  readonly detections: DetectionErrors;
  /** Rows of the ground truth, ascending. */
  readonly missed: Int32Array;
}

/**
 * Classifies the errors of detections and computes the cost of each type and each single error, as defined by Bolya,
 * Foley, Hays and Hoffman, "TIDE: A General Toolbox for Identifying Object Detection Errors", ECCV 2020, sections 2.2 to
 * 2.4. As there, the best `maxDetections` per image count, over all categories together; COCO's AP takes as many of each
 * category, so `ap` can differ from AP50. Detections of unknown categories are left out.
 *
 * The numbers are those of the authors' program except for two choices, which follow COCO: categories without an object
 * are left out of the mean, whereas it counts them as 0 if they have detections; and ties keep their order when errors
 * are fixed, whereas it puts fixed detections first.
 *
 * @throws Error if thresholds are out of order, or if masks are requested and the tables have none
 */
export function errorTypes(
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
  iouType: IouType,
  options: Partial<ErrorParameters> = {},
): ErrorTypes {
  const parameters = { ...errorParameters, ...options };
  const { foreground, background } = parameters;
  if (!(background > 0 && background <= foreground && foreground <= 1)) {
    throw new Error(
      `background is ${background} and foreground ${foreground}; expected 0 < background ≤ foreground ≤ 1.`,
    );
  }
  const reasons = errorReasons(groundTruth, detections, iouType, parameters);
  const costs = errorCosts(groundTruth, detections, reasons, parameters.recallThresholds);
  const missed = missedRows(reasons);
  const counts = new Int32Array(errorTypeNames.length);
  for (let place = 0; place < reasons.types.length; place++) {
    if (reasons.types[place]! >= 0) counts[reasons.types[place]!]!++;
  }
  counts[errorTypeNames.indexOf("missed")] = missed.length;
  const { right, ignored, foundBy, regions } = reasons;
  const wrong = countWhere(right, (place) => right[place] === 0 && ignored[place] === 0);
  const notFound = countWhere(foundBy, (row) => foundBy[row] === -1 && regions[row] === 0);
  const sum = (type: ErrorType) => ({
    count: counts[errorTypeNames.indexOf(type)]!,
    cost: costs.types[type],
  });
  return {
    ap: costs.ap,
    types: {
      classification: sum("classification"),
      localisation: sum("localisation"),
      both: sum("both"),
      duplicate: sum("duplicate"),
      background: sum("background"),
      missed: sum("missed"),
    },
    falsePositives: { count: wrong, cost: costs.falsePositives },
    falseNegatives: { count: notFound, cost: costs.falseNegatives },
    detections: costliestFirst(reasons, costs.detections),
    missed,
  };
}

function costliestFirst({ rows, types, objects }: Reasons, costs: Float64Array): DetectionErrors {
  const places = Int32Array.from(types.keys()).filter((place) => types[place]! >= 0);
  const sorted = Float64Array.from(places, (place) => costs[place]!);
  sortByScore(sorted, places);
  return {
    length: places.length,
    rows: places.map((place) => rows[place]!),
    types: Uint8Array.from(places, (place) => types[place]!),
    objects: places.map((place) => objects[place]!),
    costs: sorted,
  };
}

function countWhere({ length }: ArrayLike<number>, counts: (index: number) => boolean): number {
  let count = 0;
  for (let index = 0; index < length; index++) if (counts(index)) count++;
  return count;
}
