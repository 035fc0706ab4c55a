import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { blocksOf, permutedBlocksOf } from "../../../src/architecture/model/blocks.js";

describe("a backbone's blocks", () => {
  it("are numbered in order, the stem's as a chain before the permuted ones", () => {
    const { backbone } = modelByName("spinenet-49");
    expect(blocksOf(backbone).slice(0, 3)).toEqual([
      { id: 0, level: 2, kind: "bottleneck", parents: [], output: false },
      { id: 1, level: 2, kind: "bottleneck", parents: [0], output: false },
      { id: 2, level: 2, kind: "bottleneck", parents: [0, 1], output: false },
    ]);
    expect(permutedBlocksOf(backbone).map(({ id }) => id)).toEqual(
      Array.from({ length: 15 }, (_, i) => i + 2),
    );
  });
});
