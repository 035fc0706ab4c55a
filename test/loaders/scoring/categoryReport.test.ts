import { describe, expect, it } from "vitest";
import { categoriesCsv, categoryLines, categoryTable } from "../../../loaders/scoring/categoryReport.js";

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

describe("categoriesCsv", () => {
  it("quotes names that hold commas, quotes or line breaks", () => {
    const names = ["cat", "cup, mug", 'the "cup"', "two\nlines"];
    const stats = [0.1 + 0.2, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0.5];
    const lines = categoriesCsv(
      names.map((name, id) => ({ id, name, stats })),
      [1, 10, 100],
    );
    expect(lines.map((line) => line.replace(/,0\.30000000000000004.*/, ""))).toEqual([
      "category_id,category,AP,AP50,AP75,APs,APm,APl,AR1,AR10,AR100,ARs,ARm,ARl",
      "0,cat",
      '1,"cup, mug"',
      '2,"the ""cup"""',
      '3,"two\nlines"',
    ]);
  });
});
