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
export const COCO_PARAMETERS: EvaluationParameters = {
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
