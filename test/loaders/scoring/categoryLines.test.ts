import { describe, expect, it } from "vitest";
import { categoryLines, categoryTable } from "../../../loaders/scoring/categoryLines.js";

const categories = [
  { id: 1, name: "cat", stats: [0.5, 0.75, 0.25, -1, 0.5, 1, 0.1, 0.2, 0.3, -1, 0.4, 0] },
  { id: 2, name: "a category of a very long name", stats: Array.from({ length: 12 }, () => -1) },
];

describe("categoryLines", () => {
  it("says each category's AP, or that it has no objects", () => {
    expect(categoryLines(categories)).toEqual([
      " cat                      0.500",
      " a category of a very long name no objects",
    ]);
  });
});

describe("categoryTable", () => {
  it("lines up its columns whatever the names, without the recalls at fewer detections", () => {
    expect(categoryTable(categories, [1, 10, 100])).toEqual([
      " category                           AP   AP50   AP75  APs    APm    APl  AR100  ARs    ARm    ARl",
      " cat                             0.500  0.750  0.250    –  0.500  1.000  0.300    –  0.400  0.000",
      " a category of a very long name      –      –      –    –      –      –      –    –      –      –",
    ]);
  });
});
