/**
 * Intersection over union of each detection with each ground truth. Against a crowd the denominator is the
 * detection's own area: a box inside a crowd region is one of the crowd. Boxes that do not overlap, and empty ones,
 * give 0.
 *
 * @param detections boxes `[rows, 4]`: x, y, width, height in pixels
 * @param detectionRows which of them
 * @param groundTruths boxes in the same format
 * @param groundTruthRows which of them
 * @param crowd one flag per ground truth of the table
 * @param ious output, `[detectionRows, groundTruthRows]` row-major; may be longer
 */
export function boxIous(
  detections: Float64Array,
  detectionRows: Int32Array,
  groundTruths: Float64Array,
  groundTruthRows: Int32Array,
  crowd: Uint8Array,
  ious: Float64Array,
): void {
  let next = 0;
  for (let d = 0; d < detectionRows.length; d++) {
    const at = detectionRows[d]! * 4;
    const x = detections[at]!;
    const y = detections[at + 1]!;
    const width = detections[at + 2]!;
    const height = detections[at + 3]!;
    const area = width * height;
    for (let g = 0; g < groundTruthRows.length; g++, next++) {
      const row = groundTruthRows[g]!;
      const gX = groundTruths[row * 4]!;
      const gY = groundTruths[row * 4 + 1]!;
      const gWidth = groundTruths[row * 4 + 2]!;
      const gHeight = groundTruths[row * 4 + 3]!;
      const w = Math.min(width + x, gWidth + gX) - Math.max(x, gX);
      const h = Math.min(height + y, gHeight + gY) - Math.max(y, gY);
      if (w > 0 && h > 0) {
        const intersection = w * h;
        ious[next] = intersection / (crowd[row] === 1 ? area : area + gWidth * gHeight - intersection);
      } else {
        ious[next] = 0;
      }
    }
  }
}
