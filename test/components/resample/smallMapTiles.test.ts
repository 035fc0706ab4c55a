import { describe, expect, it } from "vitest";
import { tilesOf } from "../../../src/components/resample/smallMapTiles.js";

const opacities = ({ data }: { data: Uint8ClampedArray }) => [...data].filter((_, index) => index % 4 === 3);

describe("a map's tiles", () => {
  it("put channels in a square, a clear pixel between them, the greatest value opaque", () => {
    // Two cells beside each other, four channels each: 2 · 2 + 1 pixels wide, 2 · 1 + 1 high.
    const values = Float32Array.from([0, 1, 2, 3, 4, 0, 0, 0]);
    const tiles = tilesOf({ operation: "parent", height: 1, width: 2, channels: 4, values });
    expect([tiles.width, tiles.height]).toEqual([5, 3]);
    // 18 + 237 · value / 4, rounded
    expect(opacities(tiles)).toEqual([18, 255, 0, 77, 18, 0, 0, 0, 0, 0, 136, 18, 0, 196, 18]);
  });

  it("show a map of zeros as a tint", () => {
    const tiles = tilesOf({
      operation: "pool",
      height: 1,
      width: 1,
      channels: 1,
      values: new Float32Array(1),
    });
    expect(opacities(tiles)).toEqual([18]);
  });
});
