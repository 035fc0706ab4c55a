import { describe, expect, it } from "vitest";
import { distinctOrders, factorial } from "../../../src/architecture/search/scalePermutation.js";

describe("distinct orders", () => {
  it("do not tell equal members apart", () => {
    // 4! / (2! · 1! · 1!)
    expect(distinctOrders([3, 3, 4, 5])).toBe(12n);
    // 10! / (1! · 3! · 5! · 1!)
    expect(distinctOrders([2, 3, 3, 3, 4, 4, 4, 4, 4, 5])).toBe(5_040n);
    expect(distinctOrders([])).toBe(1n);
  });

  it("are all orders where every member differs", () => {
    expect(distinctOrders([3, 4, 5, 6, 7])).toBe(factorial(5));
    expect(factorial(5)).toBe(120n);
    expect(factorial(20)).toBe(2_432_902_008_176_640_000n);
  });
});
