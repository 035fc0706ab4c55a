import { describe, expect, it } from "vitest";
import { loadScale } from "../../../loaders/pages/scale.js";
import { scalingOf } from "../../../src/components/scale/family.js";

const scale = await loadScale();

describe("scalingOf(data)", () => {
  it("says how the family's networks are scaled (paper, section 3.4)", () => {
    const { small, usual, double, triple, large, endpoints } = scalingOf(scale);
    expect([usual, double, triple, large].map(({ backbone }) => backbone.repeats)).toEqual([1, 2, 3, 4]);
    expect([usual, triple].map(({ backbone }) => backbone.alpha)).toEqual([0.5, 1]);
    expect([small, large].map(({ backbone }) => backbone.widthMultiplier)).toEqual([0.65, 1.3]);
    expect([small, usual, large].map(({ head }) => [head.convolutions, head.width])).toEqual([
      [4, 128],
      [4, 256],
      [7, 512],
    ]);
    expect(endpoints).toEqual({ described: 128, printed: 256 });
  });

  it("compares the costs that are counted here", () => {
    const { growth, mobileExcess } = scalingOf(scale);
    expect(growth.toFixed(0)).toBe("61");
    expect(mobileExcess.toFixed(0)).toBe("6");
  });

  it("refuses data that list SpineNet-49S once", () => {
    expect(() => scalingOf({ ...scale, spineNet: scale.spineNet.slice(1) })).toThrow("twice");
  });
});
