import type { CocoBox } from "./types.js";

/**
 * Intersection over union of each detection with each ground truth. Against a crowd the denominator is the
 * detection's own area: a box inside a crowd region is one of the crowd.
 *
 * @param crowd one flag a ground truth
 * @returns `[detections, groundTruths]`, row-major
 */
export function boxIous(
  detections: readonly CocoBox[],
  groundTruths: readonly CocoBox[],
  crowd: ArrayLike<number>,
): Float64Array {
  const ious = new Float64Array(detections.length * groundTruths.length);
  let next = 0;
  for (const [x, y, width, height] of detections) {
    const area = width * height;
    for (let g = 0; g < groundTruths.length; g++, next++) {
      const [gx, gy, gWidth, gHeight] = groundTruths[g]!;
      const w = Math.min(width + x, gWidth + gx) - Math.max(x, gx);
      const h = Math.min(height + y, gHeight + gy) - Math.max(y, gy);
      if (w > 0 && h > 0) {
        const intersection = w * h;
        ious[next] = intersection / (crowd[g] ? area : area + gWidth * gHeight - intersection);
      }
    }
  }
  return ious;
}
