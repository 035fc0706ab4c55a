import { accumulateCategory, type Curves, emptyCurves } from "./accumulate.js";
import { boxIous } from "./iou.js";
import { type MatchCandidates, matchDetections } from "./match.js";
import { COCO_PARAMETERS, type EvaluationParameters } from "./parameters.js";
import { averagePrecisions, summarise } from "./summarise.js";
import type { CocoAnnotation, CocoDataset, CocoDetection, IouType } from "./types.js";
import { validateDetections } from "./validate.js";

export interface Evaluation extends Curves {
  /** AP, AP50, AP75, APs, APm, APl, AR1, AR10, AR100, ARs, ARm, ARl as fractions; −1 where nothing was to be found. */
  readonly stats: number[];
  /** Ascending; the order of `perCategoryAP` and of the curves' categories. */
  readonly categoryIds: number[];
  readonly perCategoryAP: number[];
}

/**
 * Measures detected boxes against the annotated ones. The numbers are pycocotools' (`COCOeval` with iouType
 * "bbox"), to the last bit of every curve. Detections of categories the data set does not have are left out.
 *
 * @throws Error when a detection names an image the data set does not have
 */
export function evaluate(
  groundTruth: CocoDataset,
  detections: readonly CocoDetection[],
  _iouType: IouType,
  options: Partial<EvaluationParameters> = {},
): Evaluation {
  validateDetections(detections, groundTruth, "detections");
  const parameters = { ...COCO_PARAMETERS, ...options };
  const most = Math.max(...parameters.maxDets);
  const categoryIds = groundTruth.categories.map(({ id }) => id).sort((a, b) => a - b);
  const curves = emptyCurves(parameters, categoryIds.length);

  const groups = groupByCategory(groundTruth, detections);
  for (const [category, id] of categoryIds.entries()) {
    const images = [...groups.get(id)!].sort(([a], [b]) => a - b).map(([, group]) => prepare(group, most));
    const scores = images.map((image) => image.scores);
    const matches = parameters.areaRanges.map((range) =>
      images.map(({ candidates }) => matchDetections(candidates, range, parameters)),
    );
    accumulateCategory(curves, category, categoryIds.length, scores, matches, parameters);
  }
  return {
    stats: summarise(curves, parameters, categoryIds.length),
    categoryIds,
    perCategoryAP: averagePrecisions(curves, parameters, categoryIds.length),
    ...curves,
  };
}

/** What one image holds of one category. */
interface Group {
  readonly groundTruths: CocoAnnotation[];
  readonly detections: CocoDetection[];
}

function groupByCategory(
  { categories, annotations }: CocoDataset,
  detections: readonly CocoDetection[],
): Map<number, Map<number, Group>> {
  const groups = new Map(categories.map(({ id }) => [id, new Map<number, Group>()]));
  const groupOf = ({ category_id, image_id }: CocoAnnotation | CocoDetection): Group | undefined => {
    const images = groups.get(category_id);
    let group = images?.get(image_id);
    if (images !== undefined && group === undefined) {
      group = { groundTruths: [], detections: [] };
      images.set(image_id, group);
    }
    return group;
  };
  for (const annotation of annotations) {
    groupOf(annotation)?.groundTruths.push(annotation);
  }
  for (const detection of detections) {
    groupOf(detection)?.detections.push(detection);
  }
  return groups;
}

function prepare(
  { groundTruths, detections }: Group,
  most: number,
): { scores: Float64Array; candidates: MatchCandidates } {
  const best = detections.toSorted((a, b) => b.score - a.score).slice(0, most);
  const boxes = best.map(({ bbox }) => bbox);
  return {
    scores: Float64Array.from(best, ({ score }) => score),
    candidates: {
      groundTruths,
      areas: Float64Array.from(boxes, ([, , width, height]) => width * height),
      ious: boxIous(
        boxes,
        groundTruths.map(({ bbox }) => bbox),
        groundTruths.map(({ iscrowd }) => iscrowd),
      ),
    },
  };
}
