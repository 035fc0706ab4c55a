import type { CocoAnnotation, CocoDetection, CocoImage, CocoResult, CocoSegmentation } from "../types.js";

/** An element of a COCO file's list as parsed from JSON; the fields of a number or a string are undefined. */
export interface UncheckedRow {
  readonly id?: unknown;
  readonly image_id?: unknown;
  readonly category_id?: unknown;
  readonly bbox?: unknown;
  readonly area?: unknown;
  readonly iscrowd?: unknown;
  readonly ignore?: unknown;
  readonly segmentation?: unknown;
  readonly score?: unknown;
  readonly file_name?: unknown;
  readonly name?: unknown;
  readonly supercategory?: unknown;
  readonly width?: unknown;
  readonly height?: unknown;
}

/** An annotation as in files, which may omit what follows from the rest. */
export type AnnotationRow = Omit<CocoAnnotation, "area" | "iscrowd" | "segmentation"> &
  Partial<Pick<CocoAnnotation, "area" | "iscrowd">>;

type MaskedAnnotationRow = AnnotationRow & { readonly segmentation: CocoSegmentation };

/** A result that has a mask, with or without a box. */
type MaskResult = CocoResult & { readonly segmentation: CocoSegmentation };

// These repeat schemas.ts, which also says why a row is wrong but takes microseconds per row, and files have millions.
// A row that is not plain is checked by the schema.

export function isPlainImage(row: UncheckedRow | null): row is CocoImage {
  return (
    row !== null &&
    Number.isSafeInteger(row.id) &&
    isText(row.file_name) &&
    isPixels(row.width) &&
    isPixels(row.height)
  );
}

export function isPlainAnnotation(row: UncheckedRow | null): row is AnnotationRow {
  return (
    row !== null &&
    Number.isSafeInteger(row.id) &&
    Number.isSafeInteger(row.image_id) &&
    Number.isSafeInteger(row.category_id) &&
    isPlainBox(row.bbox) &&
    (row.area === undefined ||
      (Number.isFinite(row.area) && typeof row.area === "number" && row.area >= 0)) &&
    (row.iscrowd === undefined || isFlag(row.iscrowd)) &&
    (row.ignore === undefined || isFlag(row.ignore))
  );
}

export function isPlainMaskedAnnotation(row: UncheckedRow | null): row is MaskedAnnotationRow {
  return isPlainAnnotation(row) && isPlainSegmentation(row);
}

export function isPlainBoxResult(row: UncheckedRow | null): row is CocoDetection {
  return isPlainResult(row) && isPlainBox(row.bbox);
}

export function isPlainMaskResult(row: UncheckedRow | null): row is MaskResult {
  return isPlainResult(row) && (row.bbox === undefined || isPlainBox(row.bbox)) && isPlainSegmentation(row);
}

function isPlainResult(row: UncheckedRow | null): row is UncheckedRow {
  return (
    row !== null &&
    Number.isSafeInteger(row.image_id) &&
    Number.isSafeInteger(row.category_id) &&
    Number.isFinite(row.score) &&
    (row.file_name === undefined || isText(row.file_name))
  );
}

function isPlainSegmentation({ segmentation }: UncheckedRow): boolean {
  if (Array.isArray(segmentation)) {
    return segmentation.every((outline) => Array.isArray(outline) && outline.every(Number.isFinite));
  }
  return (
    typeof segmentation === "object" &&
    segmentation !== null &&
    "size" in segmentation &&
    Array.isArray(segmentation.size) &&
    segmentation.size.length === 2 &&
    segmentation.size.every(isPixels) &&
    "counts" in segmentation &&
    (typeof segmentation.counts === "string" ||
      (Array.isArray(segmentation.counts) && segmentation.counts.every(Number.isFinite)))
  );
}

function isPlainBox(box: unknown): boolean {
  return (
    Array.isArray(box) &&
    box.length === 4 &&
    Number.isFinite(box[0]) &&
    Number.isFinite(box[1]) &&
    Number.isFinite(box[2]) &&
    Number.isFinite(box[3])
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isPixels(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

function isFlag(value: unknown): boolean {
  return value === 0 || value === 1;
}
