import type { CocoAnnotation, CocoCategory, CocoDataset } from "../../src/coco/types.js";
import type { RgbImage } from "./image.js";
import type { PixelSource } from "./pixelSource.js";

/** One image of a data set, with everything drawn on it. */
export interface DatasetImage {
  readonly id: number;
  /** Its pixels as stored, of the size below. Throws an error naming the file where that cannot be. */
  readonly open: () => Promise<RgbImage>;
  /** The same for another thread; absent where only this one can open it. */
  readonly source?: PixelSource;
  /** As the annotation file spells it. */
  readonly fileName: string;
  /** In pixels of the stored image, before any EXIF rotation. */
  readonly width: number;
  readonly height: number;
  readonly annotations: readonly CocoAnnotation[];
  /** Ids of categories whose objects nobody boxed in it: nothing follows from there being none. */
  readonly unlabelled?: readonly number[];
}

/** Images with boxes, whatever layout they came from. */
export interface DetectionDataset {
  readonly name: string;
  readonly split: string;
  /** sha256, in hexadecimal, over the list of files and the annotations: equal data have equal hashes. */
  readonly hash: string;
  readonly categories: readonly CocoCategory[];
  readonly images: readonly DatasetImage[];
  /** The same content as the evaluation reads it. */
  readonly coco: CocoDataset;
}
