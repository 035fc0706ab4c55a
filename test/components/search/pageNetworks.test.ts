import { describe, expect, it } from "vitest";
import { orderCounts, pageNetworks } from "../../../src/components/search/pageNetworks.js";

describe("orderCounts(network)", () => {
  it("counts R0-SP53's blocks that move, their orders, and those that differ", () => {
    const [, r0Sp53] = pageNetworks();
    const counts = orderCounts(r0Sp53);
    // 10 intermediate blocks and 5 outputs: 10! · 5! orders.
    expect(counts).toMatchObject({ blocks: 15, intermediate: 10, orders: 3_628_800n * 120n });
    expect(counts.orders % counts.distinct).toBe(0n);
  });
});
