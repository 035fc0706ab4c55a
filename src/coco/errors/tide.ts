import { cocoParameters } from "../parameters.js";
import { sortByScore } from "../sortByScore.js";
import type { DetectionTable, GroundTruthTable } from "../tables.js";
import type { IouType } from "../types.js";
import { errorCosts, missedRows } from "./costs.js";
import {
  type ErrorType,
  errorReasons,
  errorTypeNames,
  type ReasonParameters,
  type Reasons,
} from "./reasons.js";

export { type ErrorType, errorTypeNames } from "./reasons.js";

export interface ErrorParameters extends ReasonParameters {
  /** Recalls at which precision is read off, ascending. */
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

/** How many errors there are of a kind, and how much higher AP were without all of them, as a fraction. */
export interface ErrorSum {
  readonly count: number;
  readonly cost: number;
}

/** Errors of detections as columns, a row an error, the costliest first; of equal costs the better score first. */
export interface DetectionErrors {
  readonly length: number;
  /** Rows of the detections. */
  readonly rows: Int32Array;
  /** Indices into `errorTypeNames`. */
  readonly types: Uint8Array;
  /**
   * Rows of the ground truth: the object whose place or category was mistaken, that was found before, or that is
   * near (`both`); −1 for background.
   */
  readonly objects: Int32Array;
  /**
   * How much higher AP were without this one error, as a fraction: what the APs of its categories gain, over the
   * number of categories that have an object.
   */
  readonly costs: Float64Array;
}

export interface ErrorTypes {
  /** Mean over the categories that have an object of the AP at `foreground`; −1 where there is none. */
  readonly ap: number;
  /** Costs do not sum to what is lacking to 1: each type is mended on its own. */
  readonly types: Readonly<Record<ErrorType, ErrorSum>>;
  /** All wrong detections, ranked behind the right ones. */
  readonly falsePositives: ErrorSum;
  /** All objects that were not found, taken out. */
  readonly falseNegatives: ErrorSum;
  readonly detections: DetectionErrors;
  /** Rows of the ground truth, ascending. */
  readonly missed: Int32Array;
}

/**
 * Sorts what keeps detections from an AP of 1 by its reason, and says what each reason and each single error costs,
 * as Bolya, Foley, Hays and Hoffman define it in "TIDE: A General Toolbox for Identifying Object Detection Errors",
 * ECCV 2020, sections 2.2 to 2.4. As there, the best `maxDetections` of an image count, over all categories
 * together; COCO's AP takes as many of each category, so that `ap` can differ from AP50. Detections of categories
 * that the ground truth does not have are left out.
 *
 * The numbers are those of the authors' program but for two choices, which are COCO's: categories without an object
 * are left out of the mean, where it counts them as 0 if they have detections; and of equal scores the order stays
 * when errors are mended, where it puts the mended ahead.
 *
 * @throws Error when thresholds are out of order, or masks are asked for and the tables hold none
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
  const { right, ignored, finders, regions } = reasons;
  const wrong = countWhere(right, (place) => right[place] === 0 && ignored[place] === 0);
  const notFound = countWhere(finders, (row) => finders[row] === -1 && regions[row] === 0);
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
