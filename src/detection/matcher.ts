import { areaOf, type Boxes, intersectionOf } from "./boxes.js";

/** An anchor that shows background. */
export const negative = -1;
/** An anchor that is neither, since it is in a crowd region, whose objects are not boxed individually. */
export const ignored = -2;

export interface MatchSettings {
  /** An anchor is positive for the box it overlaps most when their IoU is at least this; else it is negative. */
  readonly positiveIoU: number;
  /** Each box's best anchor is positive for it, whatever `positiveIoU` says, when their IoU is above this. */
  readonly forceMatch: { readonly minimumIoU: number };
  /** An anchor is ignored when it is not positive and more than this fraction of it is within one crowd box. */
  readonly crowdCoverage: number;
}

/** RetinaNet's matching, which has no band of ignored IoUs between positive and negative. */
export const retinaNetMatching: MatchSettings = {
  positiveIoU: 0.5,
  forceMatch: { minimumIoU: 0 },
  crowdCoverage: 0.5,
};

/**
 * For each anchor the index of its box, or {@link negative}, or {@link ignored}. Anchors, boxes and crowds are
 * N × 4 values `[ymin, xmin, ymax, xmax]`. On ties the box, or the anchor, of lower index wins; where several
 * boxes have the same best anchor it goes to the first of them. Boxes without an area match nothing.
 */
export function matchAnchors(
  anchors: Boxes,
  boxes: Boxes,
  settings: MatchSettings = retinaNetMatching,
  crowds: Boxes = new Float32Array(0),
): Int32Array {
  const { positiveIoU, forceMatch, crowdCoverage } = settings;
  const count = anchors.length / 4;
  const matches = new Int32Array(count).fill(negative);
  const areas = new Float64Array(count);
  for (let i = 0; i < count; i++) areas[i] = areaOf(anchors, i * 4);

  const bestIoUs = new Float64Array(count);
  const bestAnchors: number[] = [];
  for (let box = 0; box * 4 < boxes.length; box++) {
    const area = areaOf(boxes, box * 4);
    let bestIoU = forceMatch.minimumIoU;
    let bestAnchor = -1;
    for (let i = 0; i < count; i++) {
      const intersection = intersectionOf(anchors, i * 4, boxes, box * 4);
      if (intersection === 0) continue;
      const iou = intersection / (areas[i]! + area - intersection);
      if (iou > bestIoU) {
        bestIoU = iou;
        bestAnchor = i;
      }
      if (iou >= positiveIoU && iou > bestIoUs[i]!) {
        bestIoUs[i] = iou;
        matches[i] = box;
      }
    }
    bestAnchors.push(bestAnchor);
  }
  // From the last box to the first, so that the first keeps an anchor they share.
  for (let box = bestAnchors.length - 1; box >= 0; box--) {
    if (bestAnchors[box]! >= 0) matches[bestAnchors[box]!] = box;
  }

  for (let crowd = 0; crowd < crowds.length; crowd += 4) {
    for (let i = 0; i < count; i++) {
      if (matches[i] !== negative) continue;
      if (intersectionOf(anchors, i * 4, crowds, crowd) > crowdCoverage * areas[i]!) matches[i] = ignored;
    }
  }
  return matches;
}
