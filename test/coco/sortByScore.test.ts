import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sortByScore } from "../../src/coco/sortByScore.js";

function sorted(scores: readonly number[]) {
  const values = Float64Array.from(scores);
  const order = Int32Array.from(scores.keys());
  sortByScore(values, order);
  return { scores: Array.from(values), order: Array.from(order) };
}

describe("sortByScore", () => {
  it("puts the best first and carries the order along", () => {
    expect(sorted([0.2, 0.9, 0.5])).toEqual({ scores: [0.9, 0.5, 0.2], order: [1, 2, 0] });
  });

  it("leaves equal scores in their order, 0 and −0 among them", () => {
    expect(sorted([0.5, 0, 0.5, -0, 0.5]).order).toEqual([0, 2, 4, 1, 3]);
  });

  it("is the stable sort of the language for any length", () => {
    const scores = fc.array(fc.constantFrom(-1, 0, -0, 0.1, 0.25, 0.5, 1, 1e-300), { maxLength: 200 });
    fc.assert(
      fc.property(scores, (values) => {
        const expected = [...values.keys()].sort((a, b) => values[b]! - values[a]!);
        expect(sorted(values)).toEqual({
          scores: expected.map((index) => values[index]!),
          order: expected,
        });
      }),
    );
  });
});
