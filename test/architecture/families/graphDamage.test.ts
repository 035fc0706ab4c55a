import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { damaged } from "../../../src/architecture/families/graphDamage.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { isPresetName, presetByName, presetNames } from "../../../src/architecture/families/presets.js";

const r0sp53 = modelByName("r0-sp53");

describe("a damaged graph", () => {
  it("keeps of each block's two connections the farther, the nearer, or one from the block before", () => {
    const parents = (...damage: Parameters<typeof damaged>): number[][] =>
      damaged(...damage).backbone.blocks.map((block) => block.parents);
    // R0-SP53's blocks 2 to 8 read (0,1), (0,1), (2,3), (2,4), (3,5), (5,6), (4,7).
    expect(parents(r0sp53, "short-range").slice(0, 7)).toEqual([[0], [0], [2], [2], [3], [5], [4]]);
    expect(parents(r0sp53, "long-range").slice(0, 7)).toEqual([[1], [1], [3], [4], [5], [6], [7]]);
    expect(parents(r0sp53, "sequential").slice(0, 7)).toEqual([[1], [2], [3], [4], [5], [6], [7]]);
  });

  it("costs less, since fewer connections are resampled", () => {
    const whole = descriptionOf(r0sp53).multiplyAdds;
    for (const name of ["r0-sp53-no-short", "r0-sp53-no-long", "r0-sp53-sequential"] as const) {
      expect(descriptionOf(presetByName(name)).multiplyAdds).toBeLessThan(whole);
    }
  });
});

describe("presets", () => {
  it("are the published networks and the damaged ones, each with a name of its own", () => {
    expect(presetNames).toContain("spinenet-49");
    expect(presetNames.slice(-3)).toEqual(["r0-sp53-no-short", "r0-sp53-no-long", "r0-sp53-sequential"]);
    const names = presetNames.map((name) => presetByName(name).name);
    expect(new Set(names).size).toBe(names.length);
    expect(isPresetName("r0-sp53-sequential")).toBe(true);
    expect(isPresetName("toString")).toBe(false);
  });
});
