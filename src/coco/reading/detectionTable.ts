import { OutlineBudget } from "../masks/outlineBudget.js";
import { type Mask, maskArea, maskBox } from "../masks/rle.js";
import { maskOf, maskOfBox } from "../masks/segmentation.js";
import type { DetectionTable, GroundTruthTable } from "../tables.js";
import type { CocoBox, CocoImage, CocoResult, IouType } from "../types.js";
import { reasonAgainstMeasuring } from "./checkBox.js";
import { reasonAgainstFile } from "./checkFileName.js";
import { check } from "./checkSchema.js";
import { grown, roomFor } from "./growColumn.js";
import { isPlainBoxResult, isPlainMaskResult, type UncheckedRow } from "./plainRows.js";
import { detectionSchema, maskResultSchema } from "./schemas.js";

/**
 * A COCO results array as columns, as pycocotools' `loadRes` reads it:
 *
 * - a row with a box has the box's area, whatever else it has
 * - a row with only a mask has the mask's area and bounding box
 * - if masks are evaluated, a row with only a box covers its box
 *
 * `loadRes` decides by the first row which of these applies, and fails on rows that differ or misreads them; here each
 * row is looked at. The mask of a row with a box is not read unless masks are evaluated.
 *
 * @param source what errors call the results
 * @throws Error naming the row and its field: values of a wrong type, boxes of negative size, masks that are invalid or
 *   not of their image's size, images that the ground truth does not have or knows by another file name
 */
export function detectionTable(
  results: readonly CocoResult[],
  groundTruth: GroundTruthTable,
  source: string,
  iouType: IouType,
): DetectionTable {
  const builder = new DetectionTableBuilder(groundTruth, source, iouType);
  builder.add(results);
  return builder.build();
}

/** Collects the rows of a results array in order, a batch at a time. */
export class DetectionTableBuilder {
  /** Number of rows per category that the ground truth does not have, by the category's id. */
  readonly unknownCategories = new Map<number, number>();

  private readonly images: readonly CocoImage[];
  private readonly imageIndex: ReadonlyMap<number, number>;
  private readonly categoryIndex: ReadonlyMap<number, number>;
  private readonly masks: Mask[] | undefined;
  private readonly outlineBudget = new OutlineBudget();

  private length = 0;
  private room = 0;
  private image = new Int32Array();
  private category = new Int32Array();
  private scores = new Float64Array();
  private boxes = new Float64Array();
  private areas = new Float64Array();

  constructor(
    { images, categories }: GroundTruthTable,
    private readonly source: string,
    iouType: IouType,
  ) {
    this.images = images;
    this.imageIndex = new Map(images.map(({ id }, index) => [id, index]));
    this.categoryIndex = new Map(categories.map(({ id }, index) => [id, index]));
    this.masks = iouType === "segm" ? [] : undefined;
  }

  /** @throws Error as `detectionTable` does */
  add(rows: readonly (UncheckedRow | null)[]): void {
    this.makeRoomFor(this.length + rows.length);
    for (const row of rows) {
      if (this.masks === undefined && isPlainBoxResult(row)) {
        this.put(row, row.bbox, row.bbox[2] * row.bbox[3]);
      } else {
        this.putMasked(row);
      }
    }
  }

  build(): DetectionTable {
    const length = this.length;
    return {
      length,
      image: this.image.slice(0, length),
      category: this.category.slice(0, length),
      scores: this.scores.slice(0, length),
      boxes: this.boxes.slice(0, 4 * length),
      areas: this.areas.slice(0, length),
      ...(this.masks && { masks: this.masks }),
    };
  }

  private makeRoomFor(rows: number): void {
    if (rows <= this.room) {
      return;
    }
    const room = roomFor(rows, this.room);
    this.room = room;
    this.image = grown(this.image, new Int32Array(room));
    this.category = grown(this.category, new Int32Array(room));
    this.scores = grown(this.scores, new Float64Array(room));
    this.boxes = grown(this.boxes, new Float64Array(4 * room));
    this.areas = grown(this.areas, new Float64Array(room));
  }

  /** Adds a row whose mask is kept, or gives its area because there is no box, or that is not plain. */
  private putMasked(row: UncheckedRow | null): void {
    const kept = this.masks !== undefined;
    const hasBox = row?.bbox !== undefined && !(Array.isArray(row.bbox) && row.bbox.length === 0);
    if (row?.segmentation === undefined ? hasBox || !kept : hasBox && !kept) {
      const result = isPlainBoxResult(row) ? row : check(detectionSchema, row, this.source, this.place);
      const mask = kept
        ? this.decoded(result.image_id, (image) => maskOfBox(result.bbox, image, this.outlineBudget))
        : undefined;
      this.put(result, result.bbox, result.bbox[2] * result.bbox[3], mask);
    } else {
      const result = isPlainMaskResult(row) ? row : check(maskResultSchema, row, this.source, this.place);
      const mask = this.decoded(result.image_id, (image) =>
        maskOf(result.segmentation, image, this.outlineBudget),
      );
      const { bbox } = result;
      this.put(result, bbox ?? maskBox(mask), bbox ? bbox[2] * bbox[3] : maskArea(mask), mask);
    }
  }

  private put(
    { image_id, category_id, score, file_name }: Omit<CocoResult, "bbox" | "segmentation">,
    bbox: CocoBox,
    area: number,
    mask?: Mask,
  ): void {
    const at = this.length;
    const image = this.imageIndex.get(image_id) ?? this.refuseImage(image_id);
    if (file_name !== undefined) {
      this.refuse(reasonAgainstFile(file_name, image_id, this.images[image]!.file_name));
    }
    if (bbox[2] < 0 || bbox[3] < 0) {
      this.refuse(reasonAgainstMeasuring(bbox));
    }
    const category = this.categoryIndex.get(category_id);
    if (category === undefined) {
      this.unknownCategories.set(category_id, (this.unknownCategories.get(category_id) ?? 0) + 1);
    }
    this.image[at] = image;
    this.category[at] = category ?? -1;
    this.scores[at] = score;
    this.boxes[4 * at] = bbox[0];
    this.boxes[4 * at + 1] = bbox[1];
    this.boxes[4 * at + 2] = bbox[2];
    this.boxes[4 * at + 3] = bbox[3];
    this.areas[at] = area;
    if (this.masks !== undefined && mask !== undefined) {
      this.masks.push(mask);
    }
    this.length = at + 1;
  }

  private decoded(imageId: number, decode: (image: CocoImage) => Mask): Mask {
    const image = this.images[this.imageIndex.get(imageId) ?? this.refuseImage(imageId)]!;
    try {
      return decode(image);
    } catch (error) {
      throw new Error(`${this.source}: ${this.place}.${error instanceof Error ? error.message : error}.`, {
        cause: error,
      });
    }
  }

  private refuseImage(id: number): never {
    throw new Error(
      `${this.source}: ${this.place}.image_id: no image of the annotations has the id ${id}; ` +
        "detections and annotations must be of the same split.",
    );
  }

  private refuse(reason: string | undefined): void {
    if (reason !== undefined) {
      throw new Error(`${this.source}: ${this.place}.${reason}.`);
    }
  }

  /** Of the next row. */
  private get place(): string {
    return `[${this.length}]`;
  }
}
