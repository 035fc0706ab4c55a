/** Objects are selected by `area` (ground truths) or box area (detections), in square pixels, bounds included. */
export interface AreaRange {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

export interface EvaluationParameters {
  /** IoUs from which a detection counts as a true positive. */
  readonly iouThresholds: readonly number[];
  /** Recalls at which precision is sampled, ascending. */
  readonly recallThresholds: readonly number[];
  /** How many detections per image and category count, by descending score; ascending. */
  readonly maxDets: readonly number[];
  readonly areaRanges: readonly AreaRange[];
  /**
   * Whether annotations marked `ignore` (Pascal VOC's difficult objects) are ignored. By default, as in pycocotools,
   * which overwrites that mark, only crowds are.
   */
  readonly respectIgnore: boolean;
  /** Whether detections match objects of any category; the results then have one category, −1. */
  readonly classAgnostic: boolean;
  /** The categories to evaluate; all of the ground truth's by default. */
  readonly categoryIds?: readonly number[];
  /** The images to evaluate; all of the ground truth's by default. */
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
 * `count` evenly spaced numbers from `start` to `stop`, rounded as by numpy.linspace: a recall that equals a threshold
 * must fall on the same side of it as in pycocotools.
 */
export function linspace(start: number, stop: number, count: number): number[] {
  const step = (stop - start) / (count - 1);
  return Array.from({ length: count }, (_, index) => (index === count - 1 ? stop : index * step + start));
}

/**
 * COCO's parameters with `options` applied and `maxDets` sorted, as in pycocotools.
 *
 * @throws Error naming a list that is empty or a number of detections that is not a whole number, 0 or more
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
