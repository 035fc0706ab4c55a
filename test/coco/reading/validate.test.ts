import { describe, expect, it } from "vitest";
import { validateDataset } from "../../../src/coco/reading/validate.js";
import type { CocoAnnotation, CocoDataset } from "../../../src/coco/types.js";

const image = { id: 1, file_name: "a.jpg", width: 100, height: 80 };
const good: CocoAnnotation = {
  id: 1,
  image_id: 1,
  category_id: 2,
  bbox: [0, 0, 100, 80],
  area: 8000,
  iscrowd: 0,
};
const dataset = (...annotations: CocoAnnotation[]): CocoDataset => ({
  images: [image],
  annotations,
  categories: [{ id: 2, name: "cat" }],
});

const invalid: [what: string, annotation: CocoAnnotation, reason: string][] = [
  ["an id used twice", good, "id: 1 is already used by an earlier annotation; ids must be unique"],
  ["an unknown image", { ...good, id: 2, image_id: 9 }, "image_id: no image has the id 9"],
  ["an unknown category", { ...good, id: 2, category_id: 9 }, "category_id: no category has the id 9"],
  [
    "a box without height",
    { ...good, id: 2, bbox: [1, 2, 3, 0] },
    "bbox: [1, 2, 3, 0] has no area; width and height must be above 0",
  ],
  [
    "a box of negative width",
    { ...good, id: 2, bbox: [50, 2, -3, 4] },
    "bbox: [50, 2, -3, 4] has no area; width and height must be above 0",
  ],
  [
    "a box more than a pixel right of its image",
    { ...good, id: 2, bbox: [90, 0, 11.5, 10] },
    "bbox: [90, 0, 11.5, 10] reaches beyond its image of 100x80 pixels",
  ],
  [
    "a box more than a pixel above its image",
    { ...good, id: 2, bbox: [0, -1.5, 10, 10] },
    "bbox: [0, -1.5, 10, 10] reaches beyond its image of 100x80 pixels",
  ],
];

describe("validateDataset", () => {
  it("passes a sound data set on as it is", () => {
    const sound = dataset(good);
    expect(validateDataset(sound, "a.json")).toEqual({ dataset: sound, skipped: [] });
  });

  it("lets a box reach one pixel beyond its image, since files round", () => {
    const rounded = dataset({ ...good, bbox: [-1, -1, 102, 82] });
    expect(validateDataset(rounded, "a.json").skipped).toEqual([]);
  });

  it.each(invalid)("refuses %s and names the way out", (_, annotation, reason) => {
    expect(() => validateDataset(dataset(good, annotation), "a.json")).toThrow(
      new Error(
        `a.json: annotations[1].${reason}. Correct the file, or skip such annotations with --skip-invalid.`,
      ),
    );
  });

  it.each(invalid)("leaves out %s when asked to, and says so", (_, annotation, reason) => {
    const { dataset: kept, skipped } = validateDataset(dataset(good, annotation), "a.json", {
      invalid: "skip",
    });
    expect(kept).toEqual(dataset(good));
    expect(skipped).toEqual([{ index: 1, annotation, reason }]);
  });

  it.each(["refuse", "skip"] as const)("refuses a split without images, told to %s", (invalid) => {
    expect(() => validateDataset({ ...dataset(), images: [] }, "a.json", { invalid })).toThrow(
      new Error("a.json: images: the list is empty; a split needs at least one image."),
    );
  });

  it("refuses an image id and a category id used twice", () => {
    expect(() => validateDataset({ ...dataset(), images: [image, image] }, "a.json")).toThrow(
      new Error("a.json: images[1].id: 1 is already used by an earlier entry; ids must be unique."),
    );
    const categories = [
      { id: 2, name: "cat" },
      { id: 2, name: "dog" },
    ];
    expect(() => validateDataset({ ...dataset(), categories }, "a.json", { invalid: "skip" })).toThrow(
      new Error("a.json: categories[1].id: 2 is already used by an earlier entry; ids must be unique."),
    );
  });
});
