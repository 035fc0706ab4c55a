import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import { parseIds, parseMaxDets, parseNames } from "../../../loaders/commands/options.js";

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
