import { iousOf } from "../matching/boxOrMaskIous.js";
import { sortByScore } from "../sortByScore.js";
import type { DetectionTable, GroundTruthTable } from "../tables.js";
import type { IouType } from "../types.js";

/** Why a detection is a false positive, or that an object was missed: TIDE's six types, in its order. */
export const errorTypeNames = [
  "classification",
  "localisation",
  "both",
  "duplicate",
  "background",
  "missed",
] as const;

export type ErrorType = (typeof errorTypeNames)[number];

export interface ReasonParameters {
  /** IoU from which a detection finds an object. */
  readonly foreground: number;
  /** IoU up to which a detection is on the background. */
  readonly background: number;
  /** How many detections per image count, by descending score, over all categories. */
  readonly maxDetections: number;
  /** Whether annotations marked `ignore` are regions whose detections are ignored, as crowds are. */
  readonly respectIgnore: boolean;
}

/** The outcome of each detection that counts. A place is an index into the columns of detections. */
export interface Reasons {
  /** Rows of the detections, by descending score over all images; ties are broken by image. */
  readonly rows: Int32Array;
  /** 1 for a true positive. */
  readonly right: Uint8Array;
  /** 1 if the detection is neither a true nor a false positive. */
  readonly ignored: Uint8Array;
  /** Index into `errorTypeNames`; −1 if the detection is not an error. */
  readonly types: Int8Array;
  /** Row of the ground truth that it found, or that its error concerns; −1 if there is none. */
  readonly objects: Int32Array;
  /** Per row of the ground truth: 1 for a region, which is not an object to be found. */
  readonly regions: Uint8Array;
  /** Per row of the ground truth: the place that found it; −1 if none did. */
  readonly foundBy: Int32Array;
  /**
   * Per row of the ground truth: the best place that would find it if its classification or localisation error were
   * fixed; −1 if there is none, or if it is found.
   */
  readonly fixedBy: Int32Array;
}

const [classificationError, localisationError, bothError, duplicateError, backgroundError] = [0, 1, 2, 3, 4];

/**
 * Matches detections to objects and classifies each false positive, by the definitions of Bolya, Foley, Hays and
 * Hoffman, "TIDE: A General Toolbox for Identifying Object Detection Errors", ECCV 2020, section 2.2. Where these leave a
 * choice, it follows the authors' program: the first type that applies counts, in the order localisation,
 * classification, duplicate, background, both; of two objects with the same IoU the earlier one counts; regions match
 * detections with an IoU above `foreground` that found no object.
 *
 * A detection that matches a region is not an error, with one exception: if fixing its place or category would find an
 * object, that object does not count as missed, as in the authors' program.
 */
export function errorReasons(
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
  iouType: IouType,
  parameters: ReasonParameters,
): Reasons {
  const { images } = groundTruth;
  const rows = bestOfEachImage(detections, images.length, parameters.maxDetections);
  const reasons: Reasons = {
    rows,
    right: new Uint8Array(rows.length),
    ignored: new Uint8Array(rows.length),
    types: new Int8Array(rows.length).fill(-1),
    objects: new Int32Array(rows.length).fill(-1),
    regions: groundTruth.crowd.map((crowd, row) =>
      crowd === 1 || (parameters.respectIgnore && groundTruth.ignore[row] === 1) ? 1 : 0,
    ),
    foundBy: new Int32Array(groundTruth.length).fill(-1),
    fixedBy: new Int32Array(groundTruth.length).fill(-1),
  };
  const placesByImage = indicesByImage(
    rows.map((row) => detections.image[row]!),
    images.length,
  );
  const truthsByImage = indicesByImage(groundTruth.image, images.length);
  const iousBetween = iousOf({ ...groundTruth, crowd: reasons.regions }, detections, iouType);
  for (const [image, places] of placesByImage.entries()) {
    const truths = truthsByImage[image]!;
    const matches: ImageMatches = {
      places,
      truths,
      ious: iousBetween(
        places.map((place) => rows[place]!),
        truths,
      ),
      detectionCategories: places.map((place) => detections.category[rows[place]!]!),
      truthCategories: truths.map((row) => groundTruth.category[row]!),
    };
    match(matches, reasons, parameters.foreground);
    explain(matches, reasons, parameters);
  }
  return reasons;
}

/** One image: `places` index the reasons, `truths` the rows of the ground truth. */
interface ImageMatches {
  readonly places: Int32Array;
  readonly truths: Int32Array;
  /** `[places, truths]`; may be longer. */
  readonly ious: Float64Array;
  readonly detectionCategories: Int32Array;
  readonly truthCategories: Int32Array;
}

function bestOfEachImage(detections: DetectionTable, images: number, most: number): Int32Array {
  const ofCategories = indicesByImage(detections.image, images).map((rows) =>
    rows.filter((row) => detections.category[row]! >= 0),
  );
  const order = new Int32Array(ofCategories.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const rows of ofCategories) {
    order.set(rows, end);
    end += rows.length;
  }
  sortByScore(
    Float64Array.from(order, (row) => detections.scores[row]!),
    order,
  );
  const counts = new Int32Array(images);
  return order.filter((row) => counts[detections.image[row]!]!++ < most);
}

/** The column's indices by image, in order. */
function indicesByImage(image: Int32Array, images: number): Int32Array[] {
  const counts = new Int32Array(images);
  for (let index = 0; index < image.length; index++) counts[image[index]!]!++;
  const indices = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  for (let index = 0; index < image.length; index++) {
    const of = image[index]!;
    indices[of]![counts[of]!++] = index;
  }
  return indices;
}

/** Matches each detection, by descending score, to the free object of its category with the highest IoU, or to a region. */
function match(
  { places, truths, ious, detectionCategories, truthCategories }: ImageMatches,
  { right, ignored, objects, foundBy, regions }: Reasons,
  foreground: number,
): void {
  for (let d = 0; d < places.length; d++) {
    const place = places[d]!;
    let best = 0;
    let object = -1;
    let inRegion = false;
    for (let g = 0; g < truths.length; g++) {
      if (truthCategories[g] !== detectionCategories[d]) continue;
      const iou = ious[d * truths.length + g]!;
      const row = truths[g]!;
      if (regions[row] === 1) {
        inRegion ||= iou > foreground;
      } else if (foundBy[row] === -1 && iou >= foreground && iou > best) {
        best = iou;
        object = row;
      }
    }
    if (object >= 0) {
      right[place] = 1;
      objects[place] = object;
      foundBy[object] = place;
    } else if (inRegion) {
      ignored[place] = 1;
    }
  }
}

function explain(
  matches: ImageMatches,
  { right, ignored, types, objects, foundBy, fixedBy, regions }: Reasons,
  { foreground, background }: ReasonParameters,
): void {
  const { places, truths } = matches;
  const isObject = truths.map((row) => 1 - regions[row]!);
  for (let d = 0; d < places.length; d++) {
    const place = places[d]!;
    if (right[place] === 1) continue;
    const { type, truth } = reasonOf(matches, d, isObject, foreground, background);
    const object = truth < 0 ? -1 : truths[truth]!;
    const isFixable = type === localisationError || type === classificationError;
    const isFix = isFixable && foundBy[object] === -1;
    if (isFix && fixedBy[object] === -1) fixedBy[object] = place;
    if (ignored[place] === 1 && !isFix) continue;
    types[place] = type;
    objects[place] = object;
  }
}

function reasonOf(
  { truths, ious, detectionCategories, truthCategories }: ImageMatches,
  detection: number,
  isObject: Int32Array,
  foreground: number,
  background: number,
): { readonly type: number; readonly truth: number } {
  let own = -1;
  let other = -1;
  let ownIou = 0;
  let otherIou = 0;
  for (let g = 0; g < truths.length; g++) {
    if (isObject[g] === 0) continue;
    const iou = ious[detection * truths.length + g]!;
    if (truthCategories[g] === detectionCategories[detection]) {
      if (iou > ownIou) {
        own = g;
        ownIou = iou;
      }
    } else if (iou > otherIou) {
      other = g;
      otherIou = iou;
    }
  }
  if (ownIou >= background && ownIou <= foreground) return { type: localisationError, truth: own };
  if (otherIou >= foreground) return { type: classificationError, truth: other };
  // A free object with this IoU would have been found.
  if (ownIou > foreground) return { type: duplicateError, truth: own };
  if (otherIou <= background) return { type: backgroundError, truth: -1 };
  return { type: bothError, truth: other };
}
