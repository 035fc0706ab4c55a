import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import {
  parseCount,
  parseFraction,
  parseFrom,
  parseIds,
  parseMaxDets,
  parseNames,
  parseNonNegative,
  parsePositive,
  parseSeeds,
  parseWhole,
} from "../../../loaders/commands/options.js";

describe("option lists", () => {
  it("are read with or without spaces around their commas", () => {
    expect(parseNames("cat, traffic light ,7")).toEqual(["cat", "traffic light", "7"]);
    expect(parseIds("7, -9,0")).toEqual([7, -9, 0]);
    expect(parseMaxDets("0,10,300")).toEqual([0, 10, 300]);
  });

  it.each([
    ["names with a gap", parseNames, "cat,"],
    ["no names", parseNames, ""],
    ["an id that is no whole number", parseIds, "1.5"],
    ["ids with a gap", parseIds, "1,,2"],
    ["an id too large to be told from its neighbours", parseIds, "9007199254740993"],
    ["two numbers of detections", parseMaxDets, "1,100"],
    ["four numbers of detections", parseMaxDets, "1,10,100,300"],
    ["equal numbers of detections", parseMaxDets, "1,10,10"],
    ["a number of detections below 0", parseMaxDets, "-1,10,100"],
  ])("refuse %s", (_, parse, text) => {
    expect(() => parse(text)).toThrow(InvalidArgumentError);
  });
});

describe("option numbers", () => {
  it("are read where they are finite and exact", () => {
    expect([parseWhole("0"), parseCount("9007199254740991"), parsePositive("1e-3")]).toEqual([
      0,
      2 ** 53 - 1,
      0.001,
    ]);
    expect([parseNonNegative("0"), parseFraction("0.5"), parseSeeds("1, 2")]).toEqual([0, 0.5, [1, 2]]);
  });

  const parsers = {
    "parseFrom(1, 4)": parseFrom(1, 4),
    parseWhole,
    parseCount,
    parsePositive,
    parseNonNegative,
    parseFraction,
    parseSeeds,
  };
  const lies = ["1e999", "Infinity", "NaN", "-1", "", "9".repeat(400), "one"];
  it.each(Object.entries(parsers))("are refused by %s where they are not", (_, parse) => {
    for (const text of lies) expect(() => parse(text), text).toThrow(InvalidArgumentError);
  });

  it("are refused where they are out of a range", () => {
    expect([parseFrom(0, 4)("0"), parseFrom(0, 4)("4")]).toEqual([0, 4]);
    for (const text of ["5", "1000000000"]) {
      expect(() => parseFrom(0, 4)(text)).toThrow("It must be a whole number from 0 to 4.");
    }
  });

  it.each([parseWhole, parseCount, parseSeeds, parseMaxDets])(
    "are refused where a count is too large to be exact: %o",
    (parse) => {
      expect(() => parse("9007199254740993")).toThrow(InvalidArgumentError);
      expect(() => parse("1,10,9007199254740993")).toThrow(InvalidArgumentError);
    },
  );
});
