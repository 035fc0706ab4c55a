import type { CocoAnnotation, CocoCategory, CocoDataset } from "../../src/coco/types.js";
import type { RgbImage } from "./image.js";
import type { PixelSource } from "./pixelSource.js";

/** One image of a data set, with its annotations. */
export interface DatasetImage {
  readonly id: number;
  /** Decodes its pixels as stored, in the size below. Throws an error naming the file if that fails. */
  readonly open: () => Promise<RgbImage>;
  /** Where another thread can read the pixels; absent if only this one can. */
  readonly source?: PixelSource;
  /** As the annotation file spells it. */
  readonly fileName: string;
  /** In pixels of the stored image, before any EXIF rotation. */
  readonly width: number;
  readonly height: number;
  readonly annotations: readonly CocoAnnotation[];
  /** Ids of categories that are not annotated in it, so the absence of their boxes means nothing. */
  readonly unlabelled?: readonly number[];
}

/** Images with boxes, whatever their source. */
export interface DetectionDataset {
  readonly name: string;
  readonly split: string;
  /** sha256, in hexadecimal, over the list of files and the annotations: the same data has the same hash. */
  readonly hash: string;
  readonly categories: readonly CocoCategory[];
  readonly images: readonly DatasetImage[];
  /** The same content as evaluation input. */
  readonly coco: CocoDataset;
}
