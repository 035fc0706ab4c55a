import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { isRefused } from "../../../src/architecture/edit/draft.js";
import { moveBlock } from "../../../src/architecture/edit/moveBlock.js";
import { modelByName, modelNames } from "../../../src/architecture/families/modelByName.js";
import { matchBlocks } from "../../../src/architecture/graph/blockMatching.js";

const blocksOf = (name: (typeof modelNames)[number]) => descriptionOf(modelByName(name)).blocks;

describe("pairing the blocks of two networks", () => {
  it.each(modelNames)("pairs each block of %s with itself", (name) => {
    const blocks = blocksOf(name);
    expect(matchBlocks(blocks, blocks)).toEqual(blocks.map(({ id }) => id));
  });

  it("follows a block that moved", () => {
    const moved = moveBlock(modelByName("spinenet-49"), 3, 2);
    if (isRefused(moved)) throw new Error(moved.refused);
    expect(matchBlocks(blocksOf("spinenet-49"), descriptionOf(moved.model).blocks).slice(0, 5)).toEqual([
      0, 1, 3, 2, 4,
    ]);
  });

  it("pairs outputs with outputs of their level", () => {
    // R0-SP53 has its outputs as P3, P4, P5, P7, P6, SpineNet-49 as P4, P3, P5, P7, P6.
    expect(matchBlocks(blocksOf("r0-sp53"), blocksOf("spinenet-49")).slice(12)).toEqual([13, 12, 14, 15, 16]);
  });

  it("leaves over what the longer network has more, either way round", () => {
    const [chain, permuted] = [blocksOf("resnet-50-fpn"), blocksOf("spinenet-49")];
    const there = matchBlocks(chain, permuted);
    expect(there.filter((partner) => partner === null)).toHaveLength(1);
    const back = matchBlocks(permuted, chain);
    expect(back.every((partner) => partner !== null)).toBe(true);
    there.forEach((partner, id) => {
      if (partner !== null) expect(back[partner]).toBe(id);
    });
  });
});
