import { OutlineBudget } from "../masks/outlineBudget.js";
import type { Mask } from "../masks/rle.js";
import { maskOf } from "../masks/segmentation.js";
import type { GroundTruthTable } from "../tables.js";
import type { CocoBox, CocoCategory, CocoDataset, CocoImage, CocoSegmentation, IouType } from "../types.js";
import { oddityOf, reasonAgainstMeasuring } from "./checkBox.js";
import { check } from "./checkSchema.js";
import { grown, roomFor } from "./growColumn.js";
import {
  type AnnotationRow,
  isPlainAnnotation,
  isPlainImage,
  isPlainMaskedAnnotation,
  type UncheckedRow,
} from "./plainRows.js";
import { annotationSchema, categorySchema, imageSchema, maskedAnnotationSchema } from "./schemas.js";
import { uniqueById } from "./uniqueById.js";
import type { ValidateOptions } from "./validate.js";

/**
 * A data set's annotations as columns.
 *
 * @param source what errors call the data set
 * @throws Error naming file, index and field: values of a wrong type, no images, ids used twice, images and categories that do
 *   not exist, boxes of negative size, and, if masks are evaluated, masks that are missing, invalid, or not of their
 *   image's size
 */
export function groundTruthTable(dataset: CocoDataset, source: string, iouType: IouType): GroundTruthTable {
  const builder = new GroundTruthTableBuilder(source, iouType);
  builder.addImages(dataset.images);
  builder.addCategories(dataset.categories);
  builder.addAnnotations(dataset.annotations);
  return builder.build().table;
}

/** How many annotations a remark applies to, and the first of them. */
export interface Remarks {
  readonly count: number;
  /** `annotations[<index>].<field>: <reason>`; absent if there is none. */
  readonly first?: string;
}

export interface BuiltGroundTruth {
  readonly table: GroundTruthTable;
  /** Annotations that "skip" left out. */
  readonly skipped: Remarks;
  /** Annotations that are evaluated as they are although their box has no area or reaches beyond its image. */
  readonly odd: Remarks;
}

/** Collects images, categories and annotations, in any order, a batch at a time. */
export class GroundTruthTableBuilder {
  private readonly skips: boolean;
  private readonly images: CocoImage[] = [];
  private readonly categories: CocoCategory[] = [];
  private readonly imageOfId = new Map<number, CocoImage>();

  private length = 0;
  private room = 0;
  private ids = new Float64Array();
  private imageIds = new Float64Array();
  private categoryIds = new Float64Array();
  private boxes = new Float64Array();
  private areas = new Float64Array();
  private crowd = new Uint8Array();
  private ignore = new Uint8Array();
  private readonly masks: (Mask | undefined)[] | undefined;
  private readonly outlineBudget = new OutlineBudget();
  /** Masks of annotations that came before their images, whose size is needed to decode them. */
  private readonly undecoded = new Map<number, CocoSegmentation>();
  /** Why a mask could not be decoded, by row. */
  private readonly broken = new Map<number, string>();

  /** @param options what happens to annotations that cannot be evaluated: by default the file is rejected */
  constructor(
    private readonly source: string,
    iouType: IouType,
    { invalid = "refuse" }: ValidateOptions = {},
  ) {
    this.skips = invalid === "skip";
    this.masks = iouType === "segm" ? [] : undefined;
  }

  /** @throws Error naming the first invalid image */
  addImages(rows: readonly (UncheckedRow | null)[]): void {
    for (const row of rows) {
      const place = `images[${this.images.length}]`;
      const image = isPlainImage(row) ? row : check(imageSchema, row, this.source, place);
      const { id, file_name, width, height } = image;
      this.images.push({ id, file_name, width, height });
      this.imageOfId.set(id, image);
    }
  }

  /** @throws Error naming the first invalid category */
  addCategories(rows: readonly (UncheckedRow | null)[]): void {
    for (const row of rows) {
      const place = `categories[${this.categories.length}]`;
      this.categories.push(check(categorySchema, row, this.source, place));
    }
  }

  /** @throws Error naming the first invalid annotation, or, unless skipping, the first invalid mask */
  addAnnotations(rows: readonly (UncheckedRow | null)[]): void {
    this.makeRoomFor(this.length + rows.length);
    for (const row of rows) {
      if (this.masks === undefined) {
        this.put(isPlainAnnotation(row) ? row : check(annotationSchema, row, this.source, this.place));
      } else {
        const annotation = isPlainMaskedAnnotation(row)
          ? row
          : check(maskedAnnotationSchema, row, this.source, this.place);
        const at = this.length;
        this.put(annotation);
        const image = this.imageOfId.get(annotation.image_id);
        if (image === undefined) this.undecoded.set(at, annotation.segmentation);
        else this.decode(at, annotation.segmentation, image);
      }
    }
  }

  /** @throws Error as `groundTruthTable` does, except for what is skipped */
  build(): BuiltGroundTruth {
    if (this.images.length === 0) {
      throw new Error(`${this.source}: images: the list is empty; a split needs at least one image.`);
    }
    uniqueById(this.images, "images", this.source);
    uniqueById(this.categories, "categories", this.source);
    const images = this.images.toSorted((a, b) => a.id - b.id);
    const categories = this.categories.toSorted((a, b) => a.id - b.id);
    const imageIndex = new Map(images.map(({ id }, index) => [id, index]));
    const categoryIndex = new Map(categories.map(({ id }, index) => [id, index]));

    const kept: number[] = [];
    const skipped = new RemarkList();
    const odd = new RemarkList();
    const seen = new Set<number>();
    for (let at = 0; at < this.length; at++) {
      const reason = this.reasonAgainst(at, seen, imageIndex, categoryIndex);
      seen.add(this.ids[at]!);
      if (reason !== undefined) {
        this.refuseUnlessSkipping(at, reason);
        skipped.add(at, reason);
        continue;
      }
      odd.add(at, oddityOf(this.box(at), this.imageOfId.get(this.imageIds[at]!)!));
      kept.push(at);
    }
    const masks = this.masks;
    const image = new Int32Array(kept.length);
    const category = new Int32Array(kept.length);
    const boxes = new Float64Array(4 * kept.length);
    for (let row = 0; row < kept.length; row++) {
      const at = kept[row]!;
      image[row] = imageIndex.get(this.imageIds[at]!)!;
      category[row] = categoryIndex.get(this.categoryIds[at]!)!;
      boxes.set(this.boxes.subarray(4 * at, 4 * at + 4), 4 * row);
    }
    const table: GroundTruthTable = {
      images,
      categories,
      length: kept.length,
      ids: Float64Array.from(kept, (at) => this.ids[at]!),
      image,
      category,
      boxes,
      areas: Float64Array.from(kept, (at) => this.areas[at]!),
      crowd: Uint8Array.from(kept, (at) => this.crowd[at]!),
      ignore: Uint8Array.from(kept, (at) => this.ignore[at]!),
      ...(masks && { masks: kept.map((at) => masks[at]!) }),
    };
    return { table, skipped: skipped.remarks, odd: odd.remarks };
  }

  private makeRoomFor(rows: number): void {
    if (rows <= this.room) {
      return;
    }
    const room = roomFor(rows, this.room);
    this.room = room;
    this.ids = grown(this.ids, new Float64Array(room));
    this.imageIds = grown(this.imageIds, new Float64Array(room));
    this.categoryIds = grown(this.categoryIds, new Float64Array(room));
    this.boxes = grown(this.boxes, new Float64Array(4 * room));
    this.areas = grown(this.areas, new Float64Array(room));
    this.crowd = grown(this.crowd, new Uint8Array(room));
    this.ignore = grown(this.ignore, new Uint8Array(room));
  }

  private put({ id, image_id, category_id, bbox, area, iscrowd, ignore }: AnnotationRow): void {
    const at = this.length;
    this.ids[at] = id;
    this.imageIds[at] = image_id;
    this.categoryIds[at] = category_id;
    this.boxes.set(bbox, 4 * at);
    this.areas[at] = area ?? bbox[2] * bbox[3];
    this.crowd[at] = iscrowd ?? 0;
    this.ignore[at] = ignore ?? 0;
    this.length = at + 1;
  }

  private decode(at: number, segmentation: CocoSegmentation, image: CocoImage): void {
    try {
      this.masks![at] = maskOf(segmentation, image, this.outlineBudget);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.refuseUnlessSkipping(at, reason);
      this.broken.set(at, reason);
    }
  }

  private reasonAgainst(
    at: number,
    seen: ReadonlySet<number>,
    images: ReadonlyMap<number, number>,
    categories: ReadonlyMap<number, number>,
  ): string | undefined {
    const [id, image, category] = [this.ids[at]!, this.imageIds[at]!, this.categoryIds[at]!];
    if (seen.has(id)) {
      return `id: ${id} is already used by an earlier annotation; ids must be unique`;
    }
    if (!images.has(image)) {
      return `image_id: no image has the id ${image}`;
    }
    if (!categories.has(category)) {
      return `category_id: no category has the id ${category}`;
    }
    const segmentation = this.undecoded.get(at);
    if (segmentation !== undefined) {
      this.undecoded.delete(at);
      this.decode(at, segmentation, this.imageOfId.get(image)!);
    }
    return reasonAgainstMeasuring(this.box(at)) ?? this.broken.get(at);
  }

  private box(at: number): CocoBox {
    const boxes = this.boxes;
    return [boxes[4 * at]!, boxes[4 * at + 1]!, boxes[4 * at + 2]!, boxes[4 * at + 3]!];
  }

  private refuseUnlessSkipping(at: number, reason: string): void {
    if (!this.skips) {
      throw new Error(
        `${this.source}: annotations[${at}].${reason}. Correct the file, or skip such annotations with --skip-invalid.`,
      );
    }
  }

  /** Of the next annotation. */
  private get place(): string {
    return `annotations[${this.length}]`;
  }
}

class RemarkList {
  private count = 0;
  private first: string | undefined;

  add(index: number, reason: string | undefined): void {
    if (reason !== undefined) {
      this.count++;
      this.first ??= `annotations[${index}].${reason}`;
    }
  }

  get remarks(): Remarks {
    return { count: this.count, first: this.first };
  }
}
