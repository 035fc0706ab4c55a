import { describe, expect, it } from "vitest";
import { measuredCategoryIds, rowsByCategory } from "../../../src/coco/matching/rowsByCategory.js";
import { detectionsOf, groundTruthOf } from "../tables.js";

// Images 1, 2 and categories 1, 2, 3 by index; nothing is of the third.
const groundTruth = groundTruthOf(
  [
    { image: 1, category: 1 },
    { image: 0, category: 1 },
    { image: 1, category: 0 },
    { image: 0, category: 1 },
  ],
  { images: 2, categories: 3 },
);
const detections = detectionsOf([
  { image: 1, category: 0 },
  { image: 0, category: -1 },
  { image: 0, category: 1 },
  { image: 0, category: 0 },
]);

const parts = (options: { classAgnostic?: boolean; categoryIds?: number[]; imageIds?: number[] } = {}) =>
  rowsByCategory(groundTruth, detections, { classAgnostic: false, ...options }).map((part) => ({
    id: part.id,
    groundTruths: Array.from(part.groundTruths),
    detections: Array.from(part.detections),
  }));

describe("rowsByCategory", () => {
  it("parts rows by category, sorts them by image and keeps the file's order in one", () => {
    expect(parts()).toEqual([
      { id: 1, groundTruths: [2], detections: [3, 0] },
      { id: 2, groundTruths: [1, 3, 0], detections: [2] },
      { id: 3, groundTruths: [], detections: [] },
    ]);
  });

  it("reads a list of categories without order or repetition, and an unknown one as one without objects", () => {
    expect(parts({ categoryIds: [2, 9, 1, 2] }).map(({ id, detections }) => [id, detections])).toEqual([
      [1, [3, 0]],
      [2, [2]],
      [9, []],
    ]);
  });

  it("reads a list of images without order or repetition, and leaves out unknown ones", () => {
    expect(parts({ imageIds: [2, 7, 2] })).toEqual([
      { id: 1, groundTruths: [2], detections: [0] },
      { id: 2, groundTruths: [0], detections: [] },
      { id: 3, groundTruths: [], detections: [] },
    ]);
    expect(parts({ imageIds: [2, 1] })).toEqual(parts());
    expect(parts({ imageIds: [] })[1]).toEqual({ id: 2, groundTruths: [], detections: [] });
  });

  it("puts all categories into one where they do not count, each image's category after category", () => {
    expect(parts({ classAgnostic: true })).toEqual([
      { id: -1, groundTruths: [1, 3, 2, 0], detections: [3, 2, 0] },
    ]);
  });

  it("follows the list of categories there, also where it repeats one", () => {
    // Image 1: category 2, then 1, then 2 again; and image 2 likewise.
    expect(parts({ classAgnostic: true, categoryIds: [2, 1, 2, 9] })).toEqual([
      { id: -1, groundTruths: [1, 3, 1, 3, 0, 2, 0], detections: [2, 3, 2, 0] },
    ]);
  });
});

describe("measuredCategoryIds", () => {
  it("is −1 where categories do not count, whatever the list says", () => {
    expect(measuredCategoryIds(groundTruth, { classAgnostic: true, categoryIds: [1, 2] })).toEqual([-1]);
  });
});
