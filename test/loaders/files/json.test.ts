import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../loaders/files/json.js";

describe("parseJson", () => {
  it("reads any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text, "a.json")).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ["an empty file", "", "ends early at line 1, column 1 (character 0 of 0)"],
    ["a list cut off", '{"a":\n [1, 2', "ends early at line 2, column 7 (character 12 of 12)"],
    ["a string cut off", '{"a": "bc', "ends early at line 1, column 10 (character 9 of 9)"],
    ["NaN", '{"a": 1,\n "b": NaN}', "is not valid JSON at line 2, column 7 (character 15 of 19)"],
    ["a comma too many", "[1, 2,\n]", "is not valid JSON at line 1, column 6 (character 5 of 8)"],
    ["something after the end", "[1] [2]", "is not valid JSON at line 1, column 5 (character 4 of 7)"],
  ])("tells the place of %s", (_, text, place) => {
    expect(() => parseJson(text, "a.json")).toThrow(`a.json: ${place}`);
    expect(() => parseJson(text, "a.json")).toThrow(/; download or write the file again\.$/);
  });
});
