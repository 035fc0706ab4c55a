import { maskIous } from "../masks/maskIous.js";
import type { Mask } from "../masks/rle.js";
import type { DetectionTable, GroundTruthTable } from "../tables.js";
import type { IouType } from "../types.js";
import { boxIous } from "./boxIou.js";

/** IoUs of rows of both tables, `[detections, ground truths]` row-major; valid until the next call. */
export type Ious = (detectionRows: Int32Array, groundTruthRows: Int32Array) => Float64Array;

/**
 * The function that computes the IoUs of two tables' boxes or masks.
 *
 * @throws Error if `iouType` is "segm" and a table has no masks
 */
export function iousOf(groundTruth: GroundTruthTable, detections: DetectionTable, iouType: IouType): Ious {
  if (iouType === "segm") {
    const truths = masksOf(groundTruth, "ground truth");
    const found = masksOf(detections, "detections");
    return (detectionRows, groundTruthRows) =>
      maskIous(
        Array.from(detectionRows, (row) => found[row]!),
        Array.from(groundTruthRows, (row) => truths[row]!),
        Array.from(groundTruthRows, (row) => groundTruth.crowd[row]!),
      );
  }
  let ious = new Float64Array(0);
  return (detectionRows, groundTruthRows) => {
    const size = detectionRows.length * groundTruthRows.length;
    if (size > ious.length) {
      ious = new Float64Array(2 * size);
    }
    boxIous(detections.boxes, detectionRows, groundTruth.boxes, groundTruthRows, groundTruth.crowd, ious);
    return ious;
  };
}

function masksOf({ masks }: GroundTruthTable | DetectionTable, table: string): readonly Mask[] {
  if (masks === undefined) {
    throw new Error(`The ${table} table has no masks; to evaluate masks, read it with the IoU type "segm".`);
  }
  return masks;
}
