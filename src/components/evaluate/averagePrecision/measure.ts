import { type Evaluation, evaluate } from "../../../coco/evaluate.js";
import { cocoParameters } from "../../../coco/parameters.js";
import { cocoOf, type Example, exampleCategories } from "./example.js";

/** Which slice of the evaluation is viewed. */
interface MeasureSettings {
  /** Index of the category. */
  readonly category: number;
  /** Name of an area range. */
  readonly area: string;
  readonly maxDets: number;
}

export interface ExampleMeasure {
  /** COCO's twelve numbers over all categories, and of each alone; −1 where there is nothing to be found. */
  readonly stats: readonly number[];
  readonly categoryStats: readonly (readonly number[])[];
  /** At each IoU threshold, of the viewed slice: mean precision over recalls; −1 likewise. */
  readonly averagePrecisions: readonly number[];
  /** At each IoU threshold: precision at each recall threshold; −1 likewise. */
  readonly curves: readonly (readonly number[])[];
}

/** COCO's files mark only crowds; the example's objects may be marked as ignored, too. */
const options = { respectIgnore: true } as const;

/** Measures an example by the evaluation that all numbers of this site are measured with. */
export function measureExample(
  example: Example,
  { category, area, maxDets }: MeasureSettings,
): ExampleMeasure {
  const { dataset, detections } = cocoOf(example);
  const sliced = evaluate(dataset, detections, "bbox", {
    ...options,
    categoryIds: [category + 1],
    areaRanges: cocoParameters.areaRanges.filter(({ name }) => name === area),
    maxDets: [maxDets],
  });
  const curves = curvesOf(sliced);
  return {
    stats: evaluate(dataset, detections, "bbox", options).stats,
    categoryStats: exampleCategories.map(
      (_, index) => evaluate(dataset, detections, "bbox", { ...options, categoryIds: [index + 1] }).stats,
    ),
    averagePrecisions: curves.map((curve) => curve.reduce((sum, value) => sum + value, 0) / curve.length),
    curves,
  };
}

/** Of an evaluation of one category, area range and limit: one curve per IoU threshold. */
function curvesOf({ precision }: Evaluation): number[][] {
  const { iouThresholds, recallThresholds } = cocoParameters;
  const { length } = recallThresholds;
  return iouThresholds.map((_, t) => Array.from(precision.subarray(t * length, (t + 1) * length)));
}
