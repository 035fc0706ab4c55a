import { describe, expect, it } from "vitest";
import { outlineOf, reachAt } from "../../../src/architecture/drawing/outline.js";

describe("outlines", () => {
  it("are a box, a diamond a little larger, and a hexagon", () => {
    expect(outlineOf("bottleneck", 40, 20)).toEqual([
      { x: -20, y: -10 },
      { x: 20, y: -10 },
      { x: 20, y: 10 },
      { x: -20, y: 10 },
    ]);
    // 20 × 1.12 = 22.4, 10 × 1.25 = 12.5.
    const diamond = outlineOf("residual", 40, 20);
    expect(diamond).toHaveLength(4);
    expect(diamond[2]?.x).toBeCloseTo(22.4);
    expect(diamond[3]?.y).toBeCloseTo(12.5);
    expect(outlineOf("mbconv", 40, 20)).toHaveLength(6);
  });

  it("reach as far as their side at an offset", () => {
    expect(reachAt(outlineOf("bottleneck", 40, 20), "x", 4)).toBe(20);
    // Half-way up the diamond, half of its reach: 6.25 of 12.5 gives 11.2 of 22.4.
    expect(reachAt(outlineOf("residual", 40, 20), "x", 6.25)).toBeCloseTo(11.2);
    expect(reachAt(outlineOf("residual", 40, 20), "y", -11.2)).toBeCloseTo(6.25);
    // The hexagon's flat top spans 0.55 × 20 = 11 to each side.
    expect(reachAt(outlineOf("mbconv", 40, 20), "y", 8)).toBe(10);
    expect(reachAt(outlineOf("bottleneck", 40, 20), "x", 11)).toBe(0);
  });
});
