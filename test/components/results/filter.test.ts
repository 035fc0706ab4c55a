import { describe, expect, it } from "vitest";
import { filtered, optionsOf, type ResultsFilter } from "../../../src/components/results/filter.js";
import type { ResultsColumn } from "../../../src/pageData/resultsTable.js";

const columns: ResultsColumn[] = [
  { key: "model", label: "Model", origin: "text" },
  { key: "AP", label: "AP", decimals: [1, 1] },
];
const rows = [{ model: "SpineNet-49", AP: 43, family: "SpineNet", protocol: "B" }];
const passes = (filter: ResultsFilter): boolean => filtered(rows, columns, filter).length === 1;

describe("filtered(rows, columns, filter)", () => {
  it("wants every word, in any column, in capitals or not", () => {
    const finds = (find: string) => passes({ find, choices: {} });
    expect(finds("")).toBe(true);
    expect(finds("spine 49")).toBe(true);
    expect(finds(" 49  spine ")).toBe(true);
    expect(finds("spine 96")).toBe(false);
  });

  it("finds numbers as they are shown", () => {
    expect(passes({ find: "43.0", choices: {} })).toBe(true);
  });

  it("does not find a word across two cells", () => {
    expect(passes({ find: "4943", choices: {} })).toBe(false);
  });

  it("wants each value chosen, also of a key that is no column", () => {
    expect(passes({ find: "", choices: { family: "SpineNet", protocol: "B" } })).toBe(true);
    expect(passes({ find: "", choices: { family: "SpineNet", protocol: "C" } })).toBe(false);
  });
});

describe("optionsOf(rows, key)", () => {
  it("lists each value once, in the order of the rows, without empty ones", () => {
    const rows = [{ protocol: "C" }, { protocol: null }, { protocol: "B" }, { protocol: "C" }];
    expect(optionsOf(rows, "protocol")).toEqual(["C", "B"]);
  });
});
