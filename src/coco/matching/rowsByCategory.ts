import type { EvaluationParameters } from "../parameters.js";
import type { DetectionTable, GroundTruthTable } from "../tables.js";

/** The rows of one category, or of all categories at once, that are measured together. */
export interface CategoryRows {
  /** The category's; −1 for all at once. */
  readonly id: number;
  /** Rows of the ground truth, by image, then in the file's order. */
  readonly groundTruths: Int32Array;
  /** Rows of the detections, by image, then in the file's order. */
  readonly detections: Int32Array;
}

/**
 * Ids of the categories that get a curve: ascending and unique (`np.unique`), or just −1 if all are measured as one.
 * An id that the ground truth does not have is kept, as a category without objects.
 */
export function measuredCategoryIds(
  { categories }: GroundTruthTable,
  { classAgnostic, categoryIds }: Pick<EvaluationParameters, "classAgnostic" | "categoryIds">,
): number[] {
  if (classAgnostic) {
    return [-1];
  }
  return [...new Set(categoryIds ?? categories.map(({ id }) => id))].sort((a, b) => a - b);
}

/**
 * Splits both tables by category and sorts each part by image, as pycocotools' `Params` define it: in a subset of
 * images or categories, order and repetition do not matter (`np.unique`), and an id that the ground truth does not
 * have is a category without objects. With `classAgnostic` (`useCats = 0`) there is one part, in which an image's rows
 * are in the order of `categoryIds`, ascending by default; there, as in pycocotools, a category listed twice counts
 * twice. Detections of categories that the ground truth does not have are dropped.
 */
export function rowsByCategory(
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
  parameters: Pick<EvaluationParameters, "classAgnostic" | "categoryIds" | "imageIds">,
): CategoryRows[] {
  const { classAgnostic, categoryIds, imageIds } = parameters;
  const { images, categories } = groundTruth;
  const known = new Map(categories.map(({ id }, index) => [id, index]));
  const wanted = imageIds === undefined ? undefined : new Set(imageIds);
  const isMeasured = Uint8Array.from(images, ({ id }) => (wanted?.has(id) === false ? 0 : 1));

  if (classAgnostic) {
    const listed = categoryIds ?? categories.map(({ id }) => id);
    const indices = listed.flatMap((id) => known.get(id) ?? []);
    const joined = (table: Columns) => {
      const parts = partition(rowsIn(isMeasured, table), table.category, categories.length);
      return partition(concatenate(indices.map((index) => part(parts, index))), table.image, images.length)
        .rows;
    };
    return [{ id: -1, groundTruths: joined(groundTruth), detections: joined(detections) }];
  }
  const parted = (table: Columns) =>
    partition(
      partition(rowsIn(isMeasured, table), table.image, images.length).rows,
      table.category,
      categories.length,
    );
  const groundTruthParts = parted(groundTruth);
  const detectionParts = parted(detections);
  return measuredCategoryIds(groundTruth, parameters).map((id) => {
    const index = known.get(id) ?? -1;
    return { id, groundTruths: part(groundTruthParts, index), detections: part(detectionParts, index) };
  });
}

type Columns = Pick<DetectionTable, "length" | "image" | "category">;

/** Rows sorted by key: those of key k are `rows[starts[k]]` up to `rows[starts[k + 1]]`. */
interface Partition {
  readonly rows: Int32Array;
  readonly starts: Int32Array;
}

function rowsIn(isMeasured: Uint8Array, { length, image }: Columns): Int32Array {
  const rows = new Int32Array(length);
  let count = 0;
  for (let row = 0; row < length; row++) {
    if (isMeasured[image[row]!] === 1) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

/** A stable counting sort. Rows whose key is −1 are left out. */
function partition(rows: Int32Array, keys: Int32Array, size: number): Partition {
  const starts = new Int32Array(size + 1);
  for (let i = 0; i < rows.length; i++) {
    const key = keys[rows[i]!]!;
    if (key >= 0) starts[key + 1]!++;
  }
  for (let key = 0; key < size; key++) starts[key + 1]! += starts[key]!;
  const next = starts.slice();
  const sorted = new Int32Array(starts[size]!);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const key = keys[row]!;
    if (key >= 0) sorted[next[key]!++] = row;
  }
  return { rows: sorted, starts };
}

function part({ rows, starts }: Partition, key: number): Int32Array {
  return key < 0 ? new Int32Array(0) : rows.subarray(starts[key], starts[key + 1]);
}

function concatenate(parts: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of parts) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}
