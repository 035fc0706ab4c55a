import { describe, expect, it } from "vitest";
import { compareRows } from "../../../src/components/results/comparison.js";
import type { ResultsColumn } from "../../../src/pageData/resultsTable.js";

const columns: ResultsColumn[] = [
  { key: "model", label: "Model", origin: "text" },
  { key: "resolution", label: "Input" },
  { key: "multiplyAddsB", label: "Multiply-adds", comparison: "ratio" },
  { key: "AP", label: "AP", comparison: "difference" },
];
const resNet = { model: "R50-FPN", resolution: 640, multiplyAddsB: 96.8, AP: 40.4, protocol: "B" };
const spineNet = { model: "SpineNet-49", resolution: 640, multiplyAddsB: 85.4, AP: 42.8, protocol: "B" };

describe("compareRows(rows, columns)", () => {
  it("has nothing to say of fewer than two", () => {
    expect(compareRows([], columns)).toBeNull();
    expect(compareRows([resNet], columns)).toBeNull();
  });

  it("gives AP by its difference in points and costs by their ratio, against the first", () => {
    expect(compareRows([resNet, spineNet], columns)).toEqual({
      first: resNet,
      others: [
        {
          row: spineNet,
          values: [
            // 85.4 / 96.8 = 0.8822
            { label: "Multiply-adds", words: "0.882 times" },
            { label: "AP", words: "+2.4 points" },
          ],
          unlike: [],
          single: false,
        },
      ],
    });
    expect(compareRows([spineNet, resNet], columns)?.others[0]?.values).toEqual([
      // 96.8 / 85.4 = 1.1335
      { label: "Multiply-adds", words: "1.13 times" },
      { label: "AP", words: "−2.4 points" },
    ]);
  });

  it("leaves out what one of the two lacks, and says what is the same", () => {
    const other = { ...resNet, multiplyAddsB: null };
    expect(compareRows([resNet, other], columns)?.others[0]?.values).toEqual([
      { label: "AP", words: "the same" },
    ]);
  });

  it("says which settings are unlike", () => {
    const other = { ...spineNet, resolution: 896, protocol: "C" };
    expect(compareRows([resNet, other], columns)?.others[0]?.unlike).toEqual([
      "Input 896, not 640",
      "Protocol C, not B",
    ]);
  });

  it("says where a row is of one run alone", () => {
    const single = (first: object, second: object) =>
      compareRows(
        [
          { ...resNet, ...first },
          { ...spineNet, ...second },
        ],
        columns,
      )?.others[0]?.single;
    expect(single({ runs: 3 }, { runs: 3 })).toBe(false);
    expect(single({ runs: 3 }, { runs: 1 })).toBe(true);
    expect(single({ seed: 1 }, { seed: 2 })).toBe(true);
  });

  it("tells columns of one label apart by their units", () => {
    const parameters = (key: string, unit: string): ResultsColumn => {
      return { key, label: "Parameters", unit, comparison: "ratio" };
    };
    const two = [parameters("a", "millions, ImageNet"), parameters("b", "millions, iNaturalist")];
    const comparison = compareRows(
      [
        { a: 1, b: 2 },
        { a: 2, b: 1 },
      ],
      two,
    );
    expect(comparison?.others[0]?.values).toEqual([
      { label: "Parameters (millions, ImageNet)", words: "2 times" },
      { label: "Parameters (millions, iNaturalist)", words: "0.5 times" },
    ]);
  });
});
