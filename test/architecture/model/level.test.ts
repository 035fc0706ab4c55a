import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { featureSize } from "../../../src/architecture/model/level.js";

describe("featureSize", () => {
  it("halves once a level", () => {
    expect([3, 4, 5, 6, 7].map((level) => featureSize(640, level))).toEqual([80, 40, 20, 10, 5]);
  });

  it("rounds up at each halving: 224 px gives 28, 14, 7, 4 and 2", () => {
    expect([3, 4, 5, 6, 7].map((level) => featureSize(224, level))).toEqual([28, 14, 7, 4, 2]);
  });

  it("is the same whether rounded at each halving or once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 7 }), (side, level) => {
        let cells = side;
        for (let step = 0; step < level; step++) cells = Math.ceil(cells / 2);
        expect(featureSize(side, level)).toBe(cells);
      }),
    );
  });
});
