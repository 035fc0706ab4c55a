import { cocoParameters } from "../../../coco/parameters.js";

/** The view of an example: which slice of the evaluation, and how far down the ranking. */
export interface ApView {
  /** Index of the category that is ranked. */
  readonly category: number;
  /** Index of the IoU threshold. */
  readonly threshold: number;
  /** Name of the area range. */
  readonly area: string;
  /** How many detections of an image and category count. */
  readonly maxDets: number;
  /** How many of the ranking are taken, best first; null for all. */
  readonly step: number | null;
}

export const areaNames = cocoParameters.areaRanges.map(({ name }) => name);

/** COCO's three, and some between, since an example has few boxes. */
export const limits: readonly number[] = [1, 2, 3, 5, 10, 100];

export const usualView: ApView = { category: 0, threshold: 0, area: "all", maxDets: 100, step: null };

/** An IoU threshold as it is written: "0.50". */
export function thresholdText(index: number): string {
  return cocoParameters.iouThresholds[index]!.toFixed(2);
}

/** The side of a square as large as the objects of an area range can be, in pixels. */
export function mostSide(area: string): number {
  const range = cocoParameters.areaRanges.find(({ name }) => name === area);
  if (range === undefined) throw new Error(`There is no area range "${area}".`);
  return Math.sqrt(range.max);
}
