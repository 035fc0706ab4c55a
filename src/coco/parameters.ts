/** Objects are measured by their `area` (ground truth) or their box's (detections), in square pixels, ends included. */
export interface AreaRange {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

export interface EvaluationParameters {
  /** Intersections over union at which a detection counts as found. */
  readonly iouThresholds: readonly number[];
  /** Recalls at which precision is read off, ascending. */
  readonly recallThresholds: readonly number[];
  /** How many detections of an image and category count, best first; ascending. */
  readonly maxDets: readonly number[];
  readonly areaRanges: readonly AreaRange[];
  /**
   * Whether annotations marked `ignore` (Pascal VOC's difficult objects) count neither as missed nor as found.
   * pycocotools ignores crowds only and overwrites that mark; so does this unless told otherwise.
   */
  readonly respectIgnore: boolean;
  /** Whether an object is found by a detection of whatever category; the results have one category, −1. */
  readonly classAgnostic: boolean;
  /** The categories to measure; all of the ground truth's when absent. */
  readonly categoryIds?: readonly number[];
  /** The images to measure; all of the ground truth's when absent. */
  readonly imageIds?: readonly number[];
}

/** The parameters of COCO's detection challenge, as pycocotools' `Params.setDetParams` sets them. */
export const cocoParameters: EvaluationParameters = {
  iouThresholds: linspace(0.5, 0.95, 10),
  recallThresholds: linspace(0, 1, 101),
  maxDets: [1, 10, 100],
  areaRanges: [
    { name: "all", min: 0, max: 1e5 ** 2 },
    { name: "small", min: 0, max: 32 ** 2 },
    { name: "medium", min: 32 ** 2, max: 96 ** 2 },
    { name: "large", min: 96 ** 2, max: 1e5 ** 2 },
  ],
  respectIgnore: false,
  classAgnostic: false,
};

/**
 * `count` evenly spaced numbers from `start` to `stop`, with the roundings of numpy.linspace: a recall that equals
 * a threshold must fall on the same side of it as in pycocotools.
 */
export function linspace(start: number, stop: number, count: number): number[] {
  const step = (stop - start) / (count - 1);
  return Array.from({ length: count }, (_, index) => (index === count - 1 ? stop : index * step + start));
}

/**
 * COCO's parameters but for those given, complete and in order: `maxDets` ascend, as pycocotools sorts them.
 *
 * @throws Error naming a list that is empty or a number of detections that is not a whole number from 0 on
 */
export function evaluationParameters(options: Partial<EvaluationParameters> = {}): EvaluationParameters {
  const parameters = {
    iouThresholds: options.iouThresholds ?? cocoParameters.iouThresholds,
    recallThresholds: options.recallThresholds ?? cocoParameters.recallThresholds,
    maxDets: (options.maxDets ?? cocoParameters.maxDets).toSorted((a, b) => a - b),
    areaRanges: options.areaRanges ?? cocoParameters.areaRanges,
    respectIgnore: options.respectIgnore ?? cocoParameters.respectIgnore,
    classAgnostic: options.classAgnostic ?? cocoParameters.classAgnostic,
    categoryIds: options.categoryIds,
    imageIds: options.imageIds,
  };
  for (const list of ["iouThresholds", "recallThresholds", "maxDets", "areaRanges"] as const) {
    if (parameters[list].length === 0) {
      throw new Error(`${list}: the list is empty; expected at least one entry.`);
    }
  }
  for (const [index, maxDet] of (options.maxDets ?? []).entries()) {
    if (!Number.isSafeInteger(maxDet) || maxDet < 0) {
      throw new Error(`maxDets[${index}]: is ${maxDet}; expected a whole number of detections, 0 or more.`);
    }
  }
  return parameters;
}
