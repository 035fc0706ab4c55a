import type { Mask } from "./masks/rle.js";
import type { CocoCategory, CocoImage } from "./types.js";

/** Annotated objects as columns, one row per object, in the file's order. */
export interface GroundTruthTable {
  /** Ascending by id. */
  readonly images: readonly CocoImage[];
  /** Ascending by id. */
  readonly categories: readonly CocoCategory[];
  readonly length: number;
  readonly ids: Float64Array;
  /** Index into `images`. */
  readonly image: Int32Array;
  /** Index into `categories`. */
  readonly category: Int32Array;
  /** `[length, 4]`: x, y, width, height in pixels of the image. */
  readonly boxes: Float64Array;
  /** Square pixels, as annotated. */
  readonly areas: Float64Array;
  /** 1 for a region of many objects that were not annotated individually. */
  readonly crowd: Uint8Array;
  /** 1 if the annotation is marked `ignore`, which only matters with `respectIgnore`. */
  readonly ignore: Uint8Array;
  /** One per row, of its image's size; present only if masks are evaluated. */
  readonly masks?: readonly Mask[];
}

/** Detected objects as columns, one row per detection, in the file's order. */
export interface DetectionTable {
  readonly length: number;
  /** Index into the ground truth's `images`. */
  readonly image: Int32Array;
  /** Index into the ground truth's `categories`; −1 for an unknown category. */
  readonly category: Int32Array;
  readonly scores: Float64Array;
  /** `[length, 4]`: x, y, width, height in pixels of the image. */
  readonly boxes: Float64Array;
  /**
   * Square pixels: the box's if the row has a box, otherwise the mask's. This also holds when masks are evaluated, as
   * in pycocotools' `loadRes`, which takes the area of the box if a result has both.
   */
  readonly areas: Float64Array;
  /** One per row, of its image's size; present only if masks are evaluated. */
  readonly masks?: readonly Mask[];
}
