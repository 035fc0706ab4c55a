import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { blockChannels, scaledWidth } from "../../../src/architecture/layers/widths.js";

describe("widths", () => {
  it("of a bottleneck's output are four times its 3×3 width, of others that width", () => {
    expect([
      blockChannels("bottleneck", 64),
      blockChannels("residual", 64),
      blockChannels("mbconv", 64),
    ]).toEqual([256, 64, 64]);
  });

  it("are truncated when scaled: 256 × 1.3 = 332.8 gives 332, 64 × 0.65 = 41.6 gives 41", () => {
    expect(scaledWidth(modelByName("spinenet-190").backbone, 4)).toBe(332);
    expect(scaledWidth(modelByName("spinenet-49s").backbone, 2)).toBe(41);
  });
});
