import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { searchSpaceOf } from "../../../src/architecture/search/searchSpace.js";

describe("the search space", () => {
  it("of SpineNet-49, 15 blocks after two, is counted to the last digit", () => {
    const space = searchSpaceOf(15);
    // 10! · 5! = 3,628,800 · 120
    expect(space.orders).toBe(435_456_000n);
    // ∏ i(i − 1)/2 over i = 2 … 16 is 16! · 15! / 2^15 = 20,922,789,888,000 · 1,307,674,368,000 / 32,768
    expect(space.parents).toBe(834_966_920_275_488_000_000n);
    expect(space.parents).toBe((20_922_789_888_000n * 1_307_674_368_000n) / 32_768n);
    // Intermediate: C(2,2) · C(3,2) · C(4,2) = 1 · 3 · 6, then C(5,2)^7 = 10^7; outputs: C(12,2) … C(16,2)
    expect(space.parentsSearched).toBe(18n * 10_000_000n * 66n * 78n * 91n * 105n * 120n);
    // 4^10 = 2^20, and 2^15
    expect(space.levels).toBe(1_048_576n);
    expect(space.kinds).toBe(32_768n);
    expect(space.totalSearched).toBe(435_456_000n * 1_062_485_424_000_000_000n * 1_048_576n * 32_768n);
    expect(space.total).toBe(435_456_000n * 834_966_920_275_488_000_000n * 1_048_576n * 32_768n);
  });

  it("of five blocks has outputs alone, whose parents nothing restricts", () => {
    // 0! · 5! orders; C(2,2) · C(3,2) · C(4,2) · C(5,2) · C(6,2) = 1 · 3 · 6 · 10 · 15; 4^0; 2^5
    expect(searchSpaceOf(5)).toEqual({
      orders: 120n,
      parents: 2_700n,
      parentsSearched: 2_700n,
      levels: 1n,
      kinds: 32n,
      total: 10_368_000n,
      totalSearched: 10_368_000n,
    });
  });

  it("of R23-SP30, ten blocks after seven, starts with more pairs to choose from", () => {
    // C(7,2) · … · C(16,2) = 21 · 28 · 36 · 45 · 55 · 66 · 78 · 91 · 105 · 120
    expect(searchSpaceOf(10, 7).parents).toBe(21n * 28n * 36n * 45n * 55n * 66n * 78n * 91n * 105n * 120n);
    // Five blocks that read two of five, 10^5, then C(12,2) … C(16,2)
    expect(searchSpaceOf(10, 7).parentsSearched).toBe(100_000n * 66n * 78n * 91n * 105n * 120n);
  });

  it("grows with each block, and the restriction never adds to it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 40 }), (blocks) => {
        const [space, next] = [searchSpaceOf(blocks), searchSpaceOf(blocks + 1)];
        expect(next.totalSearched > space.totalSearched).toBe(true);
        expect(space.totalSearched <= space.total).toBe(true);
      }),
    );
  });

  it("refuses too few blocks, half a block and a stem without two parents, each in a sentence", () => {
    expect(() => searchSpaceOf(4)).toThrow("a search space of 4 blocks: it takes a whole number, at least 5");
    expect(() => searchSpaceOf(7.5)).toThrow("a search space of 7.5 blocks");
    expect(() => searchSpaceOf(15, 1)).toThrow("a stem of 1 blocks: the first permuted block needs two");
  });
});
