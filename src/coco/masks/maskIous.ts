import type { CocoBox } from "../types.js";
import { type Mask, maskArea, maskBox } from "./rle.js";

/**
 * Intersection over union of each detection with each ground truth. Against a crowd the denominator is the
 * detection's own area: a mask inside a crowd region is one of the crowd. Masks without a common pixel, and empty
 * ones, give 0.
 *
 * @param crowd one flag per ground truth
 * @returns `[detections, groundTruths]`, row-major
 * @throws Error if masks differ in size, for which pycocotools' `iou` gives −1
 */
export function maskIous(
  detections: readonly Mask[],
  groundTruths: readonly Mask[],
  crowd: ArrayLike<number>,
): Float64Array {
  const ious = new Float64Array(detections.length * groundTruths.length);
  const truths = groundTruths.map(measure);
  let next = 0;
  for (const mask of detections) {
    const detection = measure(mask);
    for (let g = 0; g < truths.length; g++, next++) {
      const truth = truths[g]!;
      assertSameSize(mask, groundTruths[g]!);
      if (!boxesMeet(detection.box, truth.box)) continue;
      const shared = sharedPixels(detection.edges, truth.edges);
      if (shared > 0) {
        ious[next] = shared / (crowd[g] ? detection.area : detection.area + truth.area - shared);
      }
    }
  }
  return ious;
}

/** What every pair needs of a mask, computed once per mask. */
interface Measured {
  /** Alternating starts and ends of runs of 1. */
  readonly edges: Uint32Array;
  readonly area: number;
  readonly box: CocoBox;
}

function measure(mask: Mask): Measured {
  const { counts } = mask;
  const edges = new Uint32Array(counts.length & ~1);
  let at = 0;
  for (let edge = 0; edge < edges.length; edge++) {
    at += counts[edge]!;
    edges[edge] = at;
  }
  return { edges, area: maskArea(mask), box: maskBox(mask) };
}

function assertSameSize(detection: Mask, truth: Mask): void {
  if (detection.height !== truth.height || detection.width !== truth.width) {
    throw new Error(
      `A detected mask has ${detection.width} × ${detection.height} pixels and an annotated one ` +
        `${truth.width} × ${truth.height}; expected masks of the same size.`,
    );
  }
}

function boxesMeet(a: CocoBox, b: CocoBox): boolean {
  return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}

function sharedPixels(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const aEnd = a[i + 1]!;
    const bEnd = b[j + 1]!;
    const common = Math.min(aEnd, bEnd) - Math.max(a[i]!, b[j]!);
    if (common > 0) shared += common;
    if (aEnd <= bEnd) i += 2;
    if (bEnd <= aEnd) j += 2;
  }
  return shared;
}
