import { readFileSync } from "node:fs";
import type { ErrorParameters, ErrorType } from "../../../src/coco/errors/errorTypes.js";
import { maskOf } from "../../../src/coco/masks/segmentation.js";
import type { DetectionTable, GroundTruthTable } from "../../../src/coco/tables.js";
import type { IouType } from "../../../src/coco/types.js";
import { detectionsOf, groundTruthOf } from "../tables.js";

type Coordinates = [x: number, y: number, width: number, height: number];

/** A case of errorTypes.json. Masks, where they are measured, are compressed run lengths. */
export interface ErrorCase {
  readonly name: string;
  readonly iouType: IouType;
  /** Whether the expectations are of TIDE's program with two habits changed to COCO's. */
  readonly asCoco: boolean;
  readonly options: Partial<ErrorParameters>;
  readonly images: number;
  readonly categories: number;
  readonly annotations: [image: number, category: number, ...box: Coordinates, crowd: 0 | 1, mask?: string][];
  readonly detections: [image: number, category: number, ...box: Coordinates, score: number, mask?: string][];
  readonly expected: {
    readonly ap: number;
    readonly costs: Record<ErrorType, number>;
    readonly counts: Record<ErrorType, number>;
    readonly falsePositives: number;
    readonly falseNegatives: number;
    /** A letter a detection. */
    readonly reasons: string;
    readonly objects: number[];
    readonly missed: number[];
  };
}

export const errorCases: readonly ErrorCase[] = JSON.parse(
  readFileSync(new URL("../../reference/errorTypes.json", import.meta.url), "utf8"),
);

const imageSize = { width: 96, height: 64 };

export function tablesOf({ images, categories, annotations, detections, iouType }: ErrorCase): {
  groundTruth: GroundTruthTable;
  detections: DetectionTable;
} {
  const groundTruth = groundTruthOf(
    annotations.map(([image, category, x, y, width, height, crowd]) => {
      return { image: image - 1, category: category - 1, box: [x, y, width, height], crowd };
    }),
    { images, categories },
  );
  const found = detectionsOf(
    detections.map(([image, category, x, y, width, height, score]) => {
      return { image: image - 1, category: category - 1, box: [x, y, width, height], score };
    }),
  );
  if (iouType === "bbox") return { groundTruth, detections: found };
  const masksOf = (rows: readonly { readonly 7?: string }[]) =>
    rows.map((row) => maskOf({ size: [imageSize.height, imageSize.width], counts: row[7]! }, imageSize));
  return {
    groundTruth: { ...groundTruth, masks: masksOf(annotations) },
    detections: { ...found, masks: masksOf(detections) },
  };
}
