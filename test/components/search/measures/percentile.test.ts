import { describe, expect, it } from "vitest";
import { rankOf, rankWords, shareBelow } from "../../../../src/components/search/measures/percentile.js";

const values = [1, 2, 2, 3, 5];

describe("a standing", () => {
  it("counts what is smaller, equal and larger", () => {
    expect(rankOf(2, values)).toEqual({ below: 1, equal: 2, above: 2 });
    expect(rankOf(4, values)).toEqual({ below: 4, equal: 0, above: 1 });
  });

  it("as a share, counts half of the equal ones", () => {
    // (1 + 2 / 2) / 5
    expect(shareBelow(rankOf(2, values))).toBe(0.4);
    expect([0, 6].map((value) => shareBelow(rankOf(value, values)))).toEqual([0, 1]);
  });

  it.each([
    [0, "less than all 5 samples"],
    [1, "more than 0 of 5 samples, as much as 1"],
    [2, "more than 1 of 5 samples, as much as 2"],
    [4, "more than 4 of 5 samples"],
    [6, "more than all 5 samples"],
  ])("of %d reads %s", (value, words) => {
    expect(rankWords(rankOf(value, values), "samples")).toBe(words);
  });

  it.each([
    // 27 of 999 are not below: 2.7%, which 3% holds.
    [{ below: 972, equal: 0, above: 27 }, "in the highest 3% of 999 samples"],
    [{ below: 95, equal: 3, above: 2 }, "in the highest 5% of 100 samples"],
    [{ below: 90, equal: 0, above: 10 }, "in the highest 10% of 100 samples"],
    [{ below: 89, equal: 0, above: 11 }, "more than 89 of 100 samples"],
    [{ below: 1, equal: 0, above: 999 }, "in the lowest 1% of 1,000 samples"],
    [{ below: 20, equal: 11, above: 969 }, "in the lowest 4% of 1,000 samples"],
  ])("at an end names the share that is as far out: %o", (standing, words) => {
    expect(rankWords(standing, "samples")).toBe(words);
  });
});
