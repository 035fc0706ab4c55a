import { describe, expect, it } from "vitest";
import { shownJson } from "../../src/text/shownJson.js";

describe("shownJson", () => {
  it("is the same value, without a control character in it", () => {
    const value = { name: "a\u001b\u007f\u009b\u202e\u2028b" };
    const json = shownJson(value);
    expect(json).toBe('{"name":"a\\u001b\\u007f\\u009b\\u202e\\u2028b"}');
    expect(JSON.parse(json)).toEqual(value);
  });
});
