import type { CocoBox, CocoDataset, CocoDetection } from "../../../coco/types.js";

/** A box in one of the example's images, in whole pixels of that image. */
export interface ExampleBox {
  /** Index into {@link exampleImages}. */
  readonly image: number;
  /** Index into {@link exampleCategories}. */
  readonly category: number;
  readonly bbox: CocoBox;
}

/** "crowd" and "ignored" objects are not to be found. */
export const objectMarks = ["counted", "crowd", "ignored"] as const;
export type ObjectMark = (typeof objectMarks)[number];

export interface ExampleObject extends ExampleBox {
  readonly mark: ObjectMark;
}

export interface ExampleDetection extends ExampleBox {
  /** A multiple of 0.01 from 0 to 1. */
  readonly score: number;
}

/** What is to be found, and what was: the smallest data set that average precision can be taken of. */
export interface Example {
  readonly objects: readonly ExampleObject[];
  readonly detections: readonly ExampleDetection[];
}

/** Of the photograph that the images are cut from. */
export const photographSize = { width: 954, height: 489 } as const;

export const imageSize = { width: 400, height: 300 } as const;

/** Each a part of the photograph; left and top say where it begins there. */
export const exampleImages = [
  { title: "Village", left: 0, top: 0 },
  { title: "Ship", left: 350, top: 0 },
  { title: "Boats", left: 554, top: 189 },
] as const;

export const exampleCategories = ["boat", "house"] as const;

/** Each object of a category has a letter of its own. */
export const mostObjects = 26;
/** In total; more would make the address too long to share. */
export const mostDetections = 60;

/** The example as COCO files hold it. An object's area is its box's: nobody has outlined it. */
export function cocoOf({ objects, detections }: Example): {
  readonly dataset: CocoDataset;
  readonly detections: readonly CocoDetection[];
} {
  return {
    dataset: {
      images: exampleImages.map((_, index) => ({ id: index + 1, file_name: `${index + 1}`, ...imageSize })),
      categories: exampleCategories.map((name, index) => ({ id: index + 1, name })),
      annotations: objects.map(({ image, category, bbox, mark }, index) => ({
        id: index + 1,
        image_id: image + 1,
        category_id: category + 1,
        bbox,
        area: areaOf(bbox),
        iscrowd: mark === "crowd" ? 1 : 0,
        ignore: mark === "ignored" ? 1 : 0,
      })),
    },
    detections: detections.map(({ image, category, bbox, score }) => ({
      image_id: image + 1,
      category_id: category + 1,
      bbox,
      score,
    })),
  };
}

/** In square pixels. */
export function areaOf([, , width, height]: CocoBox): number {
  return width * height;
}

/** An object's letter: A for the first of its category. */
export function letterOf({ objects }: Example, index: number): string {
  const { category } = objects[index]!;
  const before = objects.slice(0, index).filter((object) => object.category === category).length;
  return String.fromCharCode("A".charCodeAt(0) + before);
}
