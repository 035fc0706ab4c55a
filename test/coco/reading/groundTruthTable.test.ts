import { describe, expect, it } from "vitest";
import { GroundTruthTableBuilder, groundTruthTable } from "../../../src/coco/reading/groundTruthTable.js";
import type { CocoAnnotation, CocoDataset } from "../../../src/coco/types.js";

const big = { id: 7, file_name: "big.jpg", width: 4, height: 3 };
const small = { id: 2, file_name: "small.jpg", width: 2, height: 2 };
const cat = { id: 9, name: "cat" };
const dog = { id: 3, name: "dog", supercategory: "animal" };
const annotation: CocoAnnotation = {
  id: 1,
  image_id: 7,
  category_id: 9,
  bbox: [0, 0, 2, 1],
  area: 1.5,
  iscrowd: 0,
};
/** Two pixels of the big image's twelve: the second and third of its first column. */
const mask = { size: [3, 4], counts: [1, 2, 9] } as const;

const dataset = (...annotations: CocoAnnotation[]): CocoDataset => ({
  images: [big, small],
  annotations,
  categories: [cat, dog],
});

describe("groundTruthTable", () => {
  it("sorts images and categories by id, and keeps annotations in the file's order", () => {
    const crowd: CocoAnnotation = {
      ...annotation,
      id: 0,
      image_id: 2,
      category_id: 3,
      bbox: [1, 0, 1, 2],
      iscrowd: 1,
      ignore: 1,
    };
    expect(groundTruthTable(dataset(annotation, crowd), "a.json", "bbox")).toEqual({
      images: [small, big],
      categories: [dog, cat],
      length: 2,
      ids: Float64Array.of(1, 0),
      image: Int32Array.of(1, 0),
      category: Int32Array.of(1, 0),
      boxes: Float64Array.of(0, 0, 2, 1, 1, 0, 1, 2),
      areas: Float64Array.of(1.5, 1.5),
      crowd: Uint8Array.of(0, 1),
      ignore: Uint8Array.of(0, 1),
    });
  });

  it("decodes masks to their image's size, and only where masks are measured", () => {
    const outline = [[0, 0, 2, 0, 2, 2, 0, 2]];
    const set = dataset(
      { ...annotation, segmentation: mask },
      { ...annotation, id: 2, image_id: 2, segmentation: outline },
    );
    expect(groundTruthTable(set, "a.json", "segm").masks).toEqual([
      { height: 3, width: 4, counts: Uint32Array.of(1, 2, 9) },
      { height: 2, width: 2, counts: Uint32Array.of(0, 4) },
    ]);
    expect(groundTruthTable(set, "a.json", "bbox").masks).toBeUndefined();
  });

  it("refuses a data set without images, and ids of images or categories used twice", () => {
    const table = (change: Partial<CocoDataset>) =>
      groundTruthTable({ ...dataset(), ...change }, "a.json", "bbox");
    expect(() => table({ images: [] })).toThrow(
      new Error("a.json: images: the list is empty; a split needs at least one image."),
    );
    expect(() => table({ images: [big, small, big] })).toThrow(
      new Error("a.json: images[2].id: 7 is already used by an earlier entry; ids must be unique."),
    );
    expect(() => table({ categories: [cat, cat] })).toThrow(
      new Error("a.json: categories[1].id: 9 is already used by an earlier entry; ids must be unique."),
    );
  });

  it("refuses an annotation without a mask where masks are measured", () => {
    expect(() => groundTruthTable(dataset(annotation), "a.json", "segm")).toThrow(
      new Error(
        "a.json: annotations[0].segmentation: missing; expected outlines, [[x1, y1, x2, y2, …], …] in pixels, " +
          "or run lengths, {size, counts}.",
      ),
    );
  });
});

const masked = { ...annotation, segmentation: mask };
const invalid: [what: string, second: CocoAnnotation, reason: string][] = [
  ["an id used twice", masked, "id: 1 is already used by an earlier annotation; ids must be unique"],
  ["an unknown image", { ...masked, id: 2, image_id: 8 }, "image_id: no image has the id 8"],
  ["an unknown category", { ...masked, id: 2, category_id: 8 }, "category_id: no category has the id 8"],
  [
    "a box of negative size",
    { ...masked, id: 2, bbox: [3, 0, -1, 1] },
    "bbox: [3, 0, -1, 1] has a negative size; a box is [x, y, width, height], not two corners",
  ],
  [
    "run lengths that do not sum to the image's pixels",
    { ...masked, id: 2, segmentation: { size: [3, 4], counts: [1, 2, 8] } },
    "segmentation.counts: sum to 11, expected 4 × 3 = 12",
  ],
  [
    "a mask of another size than its image",
    { ...masked, id: 2, segmentation: { size: [4, 3], counts: [1, 2, 9] } },
    "segmentation.size: is [4, 3], expected the image's height and width, [3, 4]",
  ],
  [
    "an outline of two points",
    { ...masked, id: 2, segmentation: [[0, 0, 1, 1]] },
    "segmentation[0]: has 4 coordinates, expected 6 or more, those of three points",
  ],
];

describe("GroundTruthTableBuilder", () => {
  const build = (annotations: readonly CocoAnnotation[], skip: "skip" | "refuse", imagesFirst: boolean) => {
    const builder = new GroundTruthTableBuilder("a.json", "segm", { invalid: skip });
    if (imagesFirst) builder.addImages([big, small]);
    for (const each of annotations) builder.addAnnotations([each]);
    if (!imagesFirst) builder.addImages([big, small]);
    builder.addCategories([cat, dog]);
    return builder.build();
  };

  describe.each([
    ["after their images", true],
    ["before their images", false],
  ])("of annotations %s", (_, imagesFirst) => {
    it.each(invalid)("refuses %s and names the way out", (_, second, reason) => {
      expect(() => build([masked, second], "refuse", imagesFirst)).toThrow(
        new Error(
          `a.json: annotations[1].${reason}. Correct the file, or skip such annotations with --skip-invalid.`,
        ),
      );
    });

    it.each(invalid)("leaves out %s when asked to, and says so", (_, second, reason) => {
      const third = { ...masked, id: 3, area: 2 };
      const { table, skipped } = build([masked, second, third], "skip", imagesFirst);
      expect(table).toEqual(build([masked, third], "refuse", imagesFirst).table);
      expect([...table.ids]).toEqual([1, 3]);
      expect(skipped).toEqual({ count: 1, first: `annotations[1].${reason}` });
    });
  });

  it("keeps boxes that have no area or reach beyond their image, and remarks on them", () => {
    const flat: CocoAnnotation = { ...masked, id: 2, bbox: [1, 1, 0, 2], area: 0 };
    const beyond: CocoAnnotation = { ...masked, id: 3, bbox: [3, 0, 4, 1] };
    const { table, odd, skipped } = build([masked, flat, beyond], "refuse", true);
    expect(table.length).toBe(3);
    expect([...table.boxes.subarray(4)]).toEqual([1, 1, 0, 2, 3, 0, 4, 1]);
    expect(odd).toEqual({
      count: 2,
      first: "annotations[1].bbox: [1, 1, 0, 2] has no area",
    });
    expect(skipped.count).toBe(0);
  });

  it("takes the box's area where a row has none, no crowd where nothing is said, and drops what is not asked for", () => {
    const builder = new GroundTruthTableBuilder("a.json", "bbox");
    const { area: _area, iscrowd: _iscrowd, ...short } = annotation;
    builder.addImages([{ ...big, ...{ license: 4 } }]);
    builder.addCategories([cat]);
    builder.addAnnotations([short]);
    const { table } = builder.build();
    // 2 × 1 pixels.
    expect([...table.areas, ...table.crowd]).toEqual([2, 0]);
    expect(table.images).toEqual([big]);
  });

  it.each([
    ["null", null, "a.json: annotations[1]: is null; expected an object."],
    [
      "an id that is no whole number",
      { ...annotation, id: 1.5 },
      "a.json: annotations[1].id: is 1.5; expected a whole number.",
    ],
    [
      "an area that is NaN",
      { ...annotation, area: Number.NaN },
      "a.json: annotations[1].area: is NaN; expected a number of square pixels, 0 or more.",
    ],
    ["a crowd of 2", { ...annotation, iscrowd: 2 }, "a.json: annotations[1].iscrowd: is 2; expected 0 or 1."],
  ])("refuses %s even when it may skip", (_, row, message) => {
    const builder = new GroundTruthTableBuilder("a.json", "bbox", { invalid: "skip" });
    expect(() => builder.addAnnotations([annotation, row])).toThrow(new Error(message));
  });

  it("makes room for thousands of rows", () => {
    const builder = new GroundTruthTableBuilder("a.json", "bbox");
    builder.addImages([big]);
    builder.addCategories([cat]);
    for (let batch = 0; batch < 3; batch++) {
      builder.addAnnotations(
        Array.from({ length: 1000 }, (_, row) => ({ ...annotation, id: 1000 * batch + row })),
      );
    }
    const { ids, boxes } = builder.build().table;
    expect([...ids]).toEqual(Array.from({ length: 3000 }, (_, id) => id));
    expect([...boxes.subarray(-4)]).toEqual([0, 0, 2, 1]);
  });
});
