import type { Mask } from "./masks/segmentation.js";
import type { CocoCategory, CocoImage } from "./types.js";

/** Annotated objects as columns, a row an object, in the file's order. */
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
  /** 1 where a region holds many objects that nobody told apart. */
  readonly crowd: Uint8Array;
  /** 1 where the annotation asks to be ignored; only `respectIgnore` heeds it. */
  readonly ignore: Uint8Array;
  /** One a row, each of its image's size; only where masks are measured. */
  readonly masks?: readonly Mask[];
}

/** Detected objects as columns, a row a detection, in the file's order. */
export interface DetectionTable {
  readonly length: number;
  /** Index into the ground truth's `images`. */
  readonly image: Int32Array;
  /** Index into the ground truth's `categories`; −1 where it has no such category. */
  readonly category: Int32Array;
  readonly scores: Float64Array;
  /** `[length, 4]`: x, y, width, height in pixels of the image. */
  readonly boxes: Float64Array;
  /**
   * Square pixels: the box's where the row gave a box, else the mask's. That holds for masks too, as in pycocotools,
   * whose `loadRes` measures a result that has both by its box.
   */
  readonly areas: Float64Array;
  /** One a row, each of its image's size; only where masks are measured. */
  readonly masks?: readonly Mask[];
}
