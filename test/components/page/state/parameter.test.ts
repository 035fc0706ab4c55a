import { describe, expect, it } from "vitest";
import { choice, decimal, wholeNumber } from "../../../../src/components/page/state/parameter.js";

describe("wholeNumber(name, range)", () => {
  it("takes whole numbers in digits only", () => {
    const { read } = wholeNumber("n", { from: 0, to: 100 });
    expect(["7", "007", "", " 7", "1e1", "7.0", "101"].map(read)).toEqual([
      ...[7, 7, undefined, undefined, undefined, undefined, undefined],
    ]);
  });
});

describe("decimal(name, range)", () => {
  it("takes numbers without sign or exponent", () => {
    const { read } = decimal("score", { from: 0.05, to: 0.95 });
    expect(["0.4", ".4", "0.04", "1", "-0.4", "4e-1", "0.", ""].map(read)).toEqual([
      ...[0.4, 0.4, undefined, undefined, undefined, undefined, undefined, undefined],
    ]);
  });
});

describe("choice(name, values, textOf)", () => {
  it("takes each value by its text, and lists the texts in its rule", () => {
    const { rule, read, write } = choice("iou", [0.5, 0.75], (value) => value.toFixed(2));
    expect(["0.50", "0.5"].map(read)).toEqual([0.5, undefined]);
    expect(write(0.75)).toBe("0.75");
    expect(rule).toBe("0.50 or 0.75");
  });
});
