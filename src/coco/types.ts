/** `[x, y, width, height]` in pixels of the original image. */
export type CocoBox = readonly [x: number, y: number, width: number, height: number];

export interface CocoImage {
  readonly id: number;
  readonly file_name: string;
  readonly width: number;
  readonly height: number;
}

export interface CocoCategory {
  readonly id: number;
  readonly name: string;
  readonly supercategory?: string;
}

/** What is evaluated: boxes or masks. */
export type IouType = "bbox" | "segm";

/**
 * A mask as COCO files write it: the outlines of its parts, each `[x1, y1, x2, y2, …]` in pixels, or run lengths,
 * plain or compressed to a string.
 */
export type CocoSegmentation = readonly (readonly number[])[] | CocoRle;

/** Alternating lengths of runs of 0 and 1, in column-major order, starting with 0. */
export interface CocoRle {
  readonly size: readonly [height: number, width: number];
  readonly counts: readonly number[] | string;
}

export interface CocoAnnotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: CocoBox;
  readonly area: number;
  readonly iscrowd: 0 | 1;
  readonly ignore?: 0 | 1;
  readonly segmentation?: CocoSegmentation;
}

/** The parts of an `instances_*.json` that detection needs. */
export interface CocoDataset {
  readonly images: readonly CocoImage[];
  readonly annotations: readonly CocoAnnotation[];
  readonly categories: readonly CocoCategory[];
}

/** One row of a COCO results array: a box, a mask, or both, with a score. */
export interface CocoResult {
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox?: CocoBox;
  readonly segmentation?: CocoSegmentation;
  readonly score: number;
  /** Not part of the COCO format, but written by detectors that assign their own image ids. */
  readonly file_name?: string;
}

/** A row of a COCO results array that has a box. */
export interface CocoDetection extends CocoResult {
  readonly bbox: CocoBox;
}
