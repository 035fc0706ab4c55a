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

export interface CocoAnnotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: CocoBox;
  readonly area: number;
  readonly iscrowd: 0 | 1;
  readonly ignore?: 0 | 1;
}

/** The parts of an `instances_*.json` that detection needs. */
export interface CocoDataset {
  readonly images: readonly CocoImage[];
  readonly annotations: readonly CocoAnnotation[];
  readonly categories: readonly CocoCategory[];
}

/** One row of a COCO results array. */
export interface CocoDetection {
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: CocoBox;
  readonly score: number;
  /** Not of the COCO format, but written by detectors that number images by themselves. */
  readonly file_name?: string;
}
