import { describe, expect, it } from "vitest";
import { categoriesCsv, statsCsv } from "../../../loaders/scoring/scoreCsv.js";

const stats = [0.1 + 0.2, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0.5];

describe("statsCsv", () => {
  it("keeps every digit, and names recalls by how many detections count", () => {
    expect(statsCsv(stats, [1, 10, 300])).toEqual([
      "AP,AP50,AP75,APs,APm,APl,AR1,AR10,AR300,ARs,ARm,ARl",
      "0.30000000000000004,1,-1,0,0,0,0,0,0,0,0,0.5",
    ]);
  });
});

describe("categoriesCsv", () => {
  it("quotes names that hold commas, quotes or line breaks", () => {
    const names = ["cat", "cup, mug", 'the "cup"', "two\nlines"];
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
