import { describe, expect, it } from "vitest";
import { categoryIdsOf, imageIdsOf } from "../../../loaders/scoring/subset.js";

const categories = [
  { id: 1, name: "cat" },
  { id: 2, name: "1" },
];

describe("categoryIdsOf", () => {
  it("knows a category by its name or its id, and takes a number for an id first", () => {
    expect(categoryIdsOf(["2", "cat", "1"], categories, "a.json")).toEqual([2, 1, 1]);
  });

  it("refuses a category there is not, naming the nearest if there is one", () => {
    expect(() => categoryIdsOf(["cot"], categories, "a.json")).toThrow(
      new Error("--categories: a.json has no category cot; the nearest is cat."),
    );
    expect(() => categoryIdsOf(["cot"], [], "a.json")).toThrow(
      new Error("--categories: a.json has no category cot."),
    );
  });
});

describe("imageIdsOf", () => {
  const images = [{ id: 5, file_name: "5.jpg", width: 1, height: 1 }];

  it("passes on ids that are there and refuses the first that is not", () => {
    expect(imageIdsOf([5, 5], images, "a.json")).toEqual([5, 5]);
    expect(() => imageIdsOf([5, 6, 7], images, "a.json")).toThrow(
      new Error("--images: a.json has no image with the id 6."),
    );
  });
});
