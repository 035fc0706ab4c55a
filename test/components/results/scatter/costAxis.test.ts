import { describe, expect, it } from "vitest";
import { costTicks } from "../../../../src/components/results/scatter/costAxis.js";

describe("costTicks(domain)", () => {
  it("takes three numbers a decade over a long domain", () => {
    expect(costTicks([27, 2356])).toEqual([50, 100, 200, 500, 1000, 2000]);
  });

  it("takes more over a short one", () => {
    expect(costTicks([9.5, 204.5])).toEqual([10, 15, 20, 30, 50, 70, 100, 150, 200]);
  });
});
