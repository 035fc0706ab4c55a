import type { DetectionTable, GroundTruthTable } from "../../src/coco/tables.js";

/** A row of a table made for a test; what it leaves out is an ordinary object of 10 × 10 pixels, found for sure. */
export interface GroundTruthRow {
  readonly id?: number;
  readonly image?: number;
  readonly category?: number;
  readonly box?: readonly [x: number, y: number, width: number, height: number];
  readonly area?: number;
  readonly crowd?: 0 | 1;
  readonly ignore?: 0 | 1;
}

export type DetectionRow = Pick<GroundTruthRow, "image" | "category" | "box" | "area"> & {
  readonly score?: number;
};

const defaultBox = [0, 0, 10, 10] as const;

/** Images and categories have the ids 1, 2, …; rows name them by index. */
export function groundTruthOf(
  rows: readonly GroundTruthRow[],
  { images = 1, categories = 1 } = {},
): GroundTruthTable {
  return {
    images: Array.from({ length: images }, (_, index) => {
      return { id: index + 1, file_name: `${index + 1}.jpg`, width: 640, height: 480 };
    }),
    categories: Array.from({ length: categories }, (_, index) => ({ id: index + 1, name: `${index + 1}` })),
    length: rows.length,
    ids: Float64Array.from(rows, ({ id }, index) => id ?? index + 1),
    image: Int32Array.from(rows, ({ image = 0 }) => image),
    category: Int32Array.from(rows, ({ category = 0 }) => category),
    boxes: Float64Array.from(rows.flatMap(({ box = defaultBox }) => [...box])),
    areas: Float64Array.from(rows, ({ area, box = defaultBox }) => area ?? box[2] * box[3]),
    crowd: Uint8Array.from(rows, ({ crowd = 0 }) => crowd),
    ignore: Uint8Array.from(rows, ({ ignore = 0 }) => ignore),
  };
}

export function detectionsOf(rows: readonly DetectionRow[]): DetectionTable {
  return {
    length: rows.length,
    image: Int32Array.from(rows, ({ image = 0 }) => image),
    category: Int32Array.from(rows, ({ category = 0 }) => category),
    scores: Float64Array.from(rows, ({ score = 1 }) => score),
    boxes: Float64Array.from(rows.flatMap(({ box = defaultBox }) => [...box])),
    areas: Float64Array.from(rows, ({ area, box = defaultBox }) => area ?? box[2] * box[3]),
  };
}
