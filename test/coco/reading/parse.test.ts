import { describe, expect, it } from "vitest";
import { parseDataset } from "../../../src/coco/reading/parse.js";

const annotation = { id: 1, image_id: 1, category_id: 2, bbox: [10, 20, 30, 40], area: 900, iscrowd: 0 };
const dataset = (change: object = {}, annotationChange: object = {}) => ({
  images: [{ id: 1, file_name: "a.jpg", width: 100, height: 80 }],
  annotations: [annotation, { ...annotation, id: 2, ...annotationChange }],
  categories: [{ id: 2, name: "cat" }],
  ...change,
});

describe("parseDataset", () => {
  it("keeps what detection needs and drops the rest", () => {
    const value = dataset({ info: { year: 2017 } }, { segmentation: [[1, 2, 3, 4, 5, 6]], ignore: 1 });
    expect(parseDataset(value, "a.json")).toEqual({
      images: [{ id: 1, file_name: "a.jpg", width: 100, height: 80 }],
      annotations: [annotation, { ...annotation, id: 2, ignore: 1 }],
      categories: [{ id: 2, name: "cat" }],
    });
  });

  it("takes the box's area where an annotation has none, and no crowd where nothing is said", () => {
    const { annotations } = parseDataset(dataset({}, { area: undefined, iscrowd: undefined }), "a.json");
    // 30 × 40 pixels.
    expect(annotations[1]).toMatchObject({ area: 1200, iscrowd: 0 });
  });

  const four = "expected four finite numbers, [x, y, width, height] in pixels.";
  it.each([
    ["no object at all", "text", 'a.json: is "text"; expected an object.'],
    ["an array", [], "a.json: images: missing; expected an array of {id, file_name, width, height}."],
    [
      "no annotations",
      dataset({ annotations: undefined }),
      "a.json: annotations: missing; expected an array of {id, image_id, category_id, bbox, area, iscrowd}.",
    ],
    [
      "categories that are no array",
      dataset({ categories: { id: 2 } }),
      "a.json: categories: is an object; expected an array of {id, name}.",
    ],
    [
      "an image without a width",
      dataset({ images: [{ id: 1, file_name: "a.jpg", height: 80 }] }),
      "a.json: images[0].width: missing; expected a whole number of pixels above 0.",
    ],
    [
      "an image of height 0",
      dataset({ images: [{ id: 1, file_name: "a.jpg", width: 1, height: 0 }] }),
      "a.json: images[0].height: is 0; expected a whole number of pixels above 0.",
    ],
    [
      "an image without a file name",
      dataset({ images: [{ id: 1, width: 1, height: 1 }] }),
      "a.json: images[0].file_name: missing; expected the image's file name.",
    ],
    [
      "an id that is text",
      dataset({}, { image_id: "1" }),
      'a.json: annotations[1].image_id: is "1"; expected the id of an image, a whole number.',
    ],
    ["no box", dataset({}, { bbox: undefined }), `a.json: annotations[1].bbox: missing; ${four}`],
    ["a box of three", dataset({}, { bbox: [1, 2, 3] }), `a.json: annotations[1].bbox[3]: missing; ${four}`],
    [
      "a box of five",
      dataset({}, { bbox: [1, 2, 3, 4, 5] }),
      `a.json: annotations[1].bbox[4]: is 5; ${four}`,
    ],
    [
      "text in a box",
      dataset({}, { bbox: [1, 2, "3", 4] }),
      `a.json: annotations[1].bbox[2]: is "3"; ${four}`,
    ],
    [
      "NaN in a box",
      dataset({}, { bbox: [Number.NaN, 2, 3, 4] }),
      `a.json: annotations[1].bbox[0]: is NaN; ${four}`,
    ],
    [
      "an infinite box",
      dataset({}, { bbox: [1, 2, 3, Number.POSITIVE_INFINITY] }),
      `a.json: annotations[1].bbox[3]: is Infinity; ${four}`,
    ],
    [
      "a negative area",
      dataset({}, { area: -1 }),
      "a.json: annotations[1].area: is -1; expected a number of square pixels, 0 or more.",
    ],
    ["a crowd of 2", dataset({}, { iscrowd: 2 }), "a.json: annotations[1].iscrowd: is 2; expected 0 or 1."],
    [
      "a category without a name",
      dataset({ categories: [{ id: 2 }] }),
      "a.json: categories[0].name: missing; expected the category's name.",
    ],
  ])("refuses %s, naming file, index and field", (_, value, message) => {
    expect(() => parseDataset(value, "a.json")).toThrow(new Error(message));
  });
});
