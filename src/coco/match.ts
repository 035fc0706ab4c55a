import type { AreaRange, EvaluationParameters } from "./parameters.js";
import type { CocoAnnotation } from "./types.js";

/** One category in one image, before any threshold: what matching needs to know. */
export interface MatchCandidates {
  readonly groundTruths: readonly CocoAnnotation[];
  /** Areas of the detections, best score first, in square pixels. */
  readonly areas: Float64Array;
  /** `[detections, groundTruths]`. */
  readonly ious: Float64Array;
}

/** What became of one image's detections of one category within one area range. */
export interface ImageMatches {
  /** `[iouThresholds, detections]`: 1 where a ground truth was found. */
  readonly matched: Uint8Array;
  /** `[iouThresholds, detections]`: 1 where a detection counts neither as right nor as wrong. */
  readonly ignored: Uint8Array;
  /** Ground truths to be found. */
  readonly positives: number;
}

/**
 * Gives each detection, best score first, the free ground truth it overlaps most, as pycocotools' `evaluateImg`
 * does: those that count before those that are ignored, the later one of two that overlap alike, and crowds as
 * often as need be.
 */
export function matchDetections(
  { groundTruths, areas, ious }: MatchCandidates,
  range: AreaRange,
  { iouThresholds, respectIgnore }: Pick<EvaluationParameters, "iouThresholds" | "respectIgnore">,
): ImageMatches {
  const isIgnored = ({ iscrowd, ignore, area }: CocoAnnotation) =>
    iscrowd === 1 || (respectIgnore && ignore === 1) || area < range.min || area > range.max;
  const counted: number[] = [];
  const uncounted: number[] = [];
  for (const [index, groundTruth] of groundTruths.entries()) {
    (isIgnored(groundTruth) ? uncounted : counted).push(index);
  }
  const order = [...counted, ...uncounted];
  const positives = counted.length;
  const crowd = Uint8Array.from(order, (index) => groundTruths[index]!.iscrowd);

  const count = areas.length;
  const matched = new Uint8Array(iouThresholds.length * count);
  const ignored = new Uint8Array(iouThresholds.length * count);
  const taken = new Uint8Array(order.length);
  for (const [t, threshold] of iouThresholds.entries()) {
    taken.fill(0);
    for (let d = 0; d < count; d++) {
      const at = t * count + d;
      const match = bestMatch(d, threshold, ious, order, positives, taken, crowd);
      if (match >= 0) {
        taken[match] = 1;
        ignored[at] = match >= positives ? 1 : 0;
        // pycocotools stores the id of the match and reads 0 as "none"; equal numbers need the same reading.
        matched[at] = groundTruths[order[match]!]!.id === 0 ? 0 : 1;
      }
      if (matched[at] === 0 && (areas[d]! < range.min || areas[d]! > range.max)) {
        ignored[at] = 1;
      }
    }
  }
  return { matched, ignored, positives };
}

function bestMatch(
  detection: number,
  threshold: number,
  ious: Float64Array,
  order: readonly number[],
  positives: number,
  taken: Uint8Array,
  crowd: Uint8Array,
): number {
  const row = detection * order.length;
  // An overlap of exactly 1 must pass a threshold of 1 whatever its last bit.
  let best = Math.min(threshold, 1 - 1e-10);
  let match = -1;
  for (let g = 0; g < order.length; g++) {
    if (g === positives && match >= 0) {
      break;
    }
    if (taken[g] === 1 && crowd[g] === 0) {
      continue;
    }
    const iou = ious[row + order[g]!]!;
    if (iou >= best) {
      best = iou;
      match = g;
    }
  }
  return match;
}
