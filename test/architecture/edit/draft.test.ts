import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addBlock, mostBlocks } from "../../../src/architecture/edit/addBlock.js";
import { changeKind, changeLevel, changeOutput } from "../../../src/architecture/edit/changeBlock.js";
import { changeParents } from "../../../src/architecture/edit/changeConnection.js";
import { draftsOf, type Edited, type EditResult, isRefused } from "../../../src/architecture/edit/draft.js";
import { moveBlock, placeBlock } from "../../../src/architecture/edit/moveBlock.js";
import { removeBlock } from "../../../src/architecture/edit/removeBlock.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { checkRules } from "../../../src/architecture/model/checkRules.js";
import type { Model } from "../../../src/architecture/model/model.js";
import { arbitraryModel } from "../arbitraryModel.js";

const spineNet = modelByName("spinenet-49");
const resNet = modelByName("resnet-50-fpn");

function done(result: EditResult): Edited {
  if (isRefused(result)) throw new Error(`refused: ${result.refused}`);
  return result;
}

function refusal(result: EditResult): string {
  return isRefused(result) ? result.refused : `done: ${result.said}`;
}

function offered(result: EditResult): Edited {
  if (!isRefused(result) || !result.offer) throw new Error("nothing was offered");
  return result.offer.edit;
}

/** "4r(0,1)" for each permuted block, with a star on outputs. */
function blocksOf({ backbone }: Model): string[] {
  return backbone.blocks.map(
    ({ level, kind, parents, output }) => `${level}${kind[0]}(${parents})${output ? "*" : ""}`,
  );
}

describe("moving a block in the order", () => {
  it("renumbers what reads it and what it reads", () => {
    // Blocks 2 and 3 both read 0 and 1, so they can change places; block 4 reads both.
    const { model, origins, said } = done(moveBlock(spineNet, 3, 2));
    expect(blocksOf(model).slice(0, 4)).toEqual(["4r(0,1)", "2b(0,1)", "3b(3,2)", "4b(3,4)"]);
    expect(origins.slice(0, 5)).toEqual([0, 1, 3, 2, 4]);
    expect(said).toBe("Block 3 is now block 2.");
  });

  it("is refused before a parent, with the parent's name, and offers to read the nearest earlier block", () => {
    const result = moveBlock(spineNet, 4, 3);
    expect(refusal(result)).toBe(
      "Block 4 reads block 3, so it cannot be computed before it: what a block reads comes earlier.",
    );
    // Now the third block, it reads 2 still, and 1 in place of what comes after it.
    const { model, said } = offered(result);
    expect(blocksOf(model).slice(0, 4)).toEqual(["2b(0,1)", "3b(2,1)", "4r(0,1)", "4b(2,3)"]);
    expect(said).toBe("Block 4 is now block 3. Block 3 reads block 1 instead of block 4.");
  });

  it("is refused behind a reader, and counts the other connections that would break", () => {
    expect(refusal(moveBlock(spineNet, 2, 5))).toBe(
      "Block 4 reads block 2, so block 2 cannot be computed after it: what a block reads comes earlier. " +
        "The same holds for 1 more of its connections.",
    );
  });

  it("is refused for the stem, before the stem, and past either end", () => {
    expect(refusal(moveBlock(spineNet, 1, 3))).toContain("Block 1 belongs to the stem");
    expect(refusal(moveBlock(spineNet, 2, 1))).toBe(
      "Block 2 cannot be computed before block 1, which belongs to the stem.",
    );
    expect(refusal(moveBlock(spineNet, 16, 17))).toBe("Block 16 is the last already.");
    expect(refusal(moveBlock(spineNet, 0, -1))).toBe("Block 0 is the first already.");
  });

  it("in a chain is refused where the chain would climb", () => {
    // Block 3 of ResNet-50 is the first at level 3, block 2 the last at level 2.
    expect(refusal(moveBlock(resNet, 3, 2))).toMatch(
      /^Stem block 3 is at level 2 after level 3: a stem goes down/,
    );
    expect(done(moveBlock(resNet, 3, 4)).origins.slice(3, 6)).toEqual([4, 3, 5]);
  });
});

describe("changing a level", () => {
  it("moves a block to any level that has a width", () => {
    const { model, said } = done(changeLevel(spineNet, 5, 6));
    expect(blocksOf(model)[3]).toBe("6b(2,4)");
    expect(said).toBe("Block 5 is at level 6 instead of 4.");
  });

  it("is refused where the network has no width", () => {
    expect(refusal(changeLevel(spineNet, 5, 8))).toBe(
      "Block 5 cannot go to level 8: this network has widths for levels 2 to 7 only.",
    );
    expect(refusal(changeLevel(resNet, 15, 6))).toContain("levels 2 to 5 only");
  });

  it("is refused for an output whose new level has one, and offers to swap", () => {
    const result = changeLevel(spineNet, 12, 5);
    expect(refusal(result)).toBe("Block 14 is the output of level 5 already, and each level has one.");
    const { backbone } = offered(result).model;
    expect([backbone.blocks[10]?.level, backbone.blocks[12]?.level]).toEqual([5, 4]);
  });

  it("is refused in a chain that would skip a level", () => {
    expect(refusal(changeLevel(resNet, 1, 4))).toBe(
      "Stem block 1 is at level 4 after level 2: a stem goes down one level at a time.",
    );
  });
});

describe("changing kind, parents and output", () => {
  it("toggles between bottleneck and residual, in a chain too", () => {
    expect(blocksOf(done(changeKind(spineNet, 3, "bottleneck")).model)[1]).toBe("4b(0,1)");
    expect(done(changeKind(resNet, 3, "residual")).model.backbone.stem[3]?.kind).toBe("residual");
    expect(refusal(changeKind(spineNet, 3, "mbconv"))).toContain(
      'which the family "scale-permuted" does not have',
    );
  });

  it("takes one or two earlier parents", () => {
    expect(blocksOf(done(changeParents(spineNet, 9, [2])).model)[7]).toBe("7r(2)");
    expect(done(changeParents(spineNet, 9, [2, 4])).said).toBe("Block 9 reads blocks 2 and 4 now.");
  });

  it.each([
    [9, [], "Block 9 must read at least one block."],
    [9, [1, 2, 3], "Block 9 can read two blocks, not 3."],
    [9, [9], "Block 9 cannot read itself."],
    [
      9,
      [3, 12],
      "Block 9 cannot read block 12, which is computed after it: what a block reads comes earlier.",
    ],
    [9, [3, 3], "Block 9 names block 3 twice as a parent; name two different blocks, or one."],
    [1, [0], "Block 1 belongs to the stem, where each block reads the one before it and nothing else."],
  ])("refuses block %i the parents %j", (id, parents, sentence) => {
    expect(refusal(changeParents(spineNet, id, parents))).toBe(sentence);
  });

  it("marks outputs, one a level, and offers to take the place of the one that is there", () => {
    expect(blocksOf(done(changeOutput(spineNet, 13, false)).model)[11]).toBe("3b(4,10)");
    const result = changeOutput(spineNet, 5, true);
    expect(refusal(result)).toBe("Block 12 is the output of level 4 already, and each level has one.");
    const blocks = blocksOf(offered(result).model);
    expect([blocks[3], blocks[10]]).toEqual(["4b(2,4)*", "4b(5,10)"]);
  });

  it("refuses to leave a network without outputs, and outputs in a stem", () => {
    const single = [12, 13, 14, 15].reduce(
      (model, id) => done(changeOutput(model, id, false)).model,
      spineNet,
    );
    expect(refusal(changeOutput(single, 16, false))).toMatch(/^No block is marked/);
    expect(refusal(changeOutput(spineNet, 1, true))).toContain("belongs to the stem");
    expect(refusal(changeOutput(resNet, 15, true))).toContain("In a chain");
  });
});

describe("adding and removing a block", () => {
  it("adds behind a block, of its level and kind, reading it and the one before it", () => {
    const { model, origins, said } = done(addBlock(spineNet, 6));
    const blocks = blocksOf(model);
    expect(blocks[5]).toBe("6r(5,6)");
    // What was block 8 and read 6 and 7 is block 9 and reads 6 and 8.
    expect(blocks[7]).toBe("5r(6,8)");
    expect(origins.slice(5, 9)).toEqual([5, 6, null, 7]);
    expect(said).toBe("Block 7 is new and reads blocks 5 and 6.");
  });

  it("adds behind the stem when a stem block is chosen, and to the chain in ResNet", () => {
    expect(blocksOf(done(addBlock(spineNet, 0)).model)[0]).toBe("2b(0,1)");
    const { model, origins } = done(addBlock(resNet, 15));
    expect(model.backbone.stem).toHaveLength(17);
    expect(origins.at(-1)).toBeNull();
  });

  it("stops at as many blocks as can be drawn", () => {
    let model = resNet;
    while (model.backbone.stem.length < mostBlocks) model = done(addBlock(model, 15)).model;
    expect(refusal(addBlock(model, 15))).toBe(
      "This network has 60 blocks, and no more than 60 are drawn here.",
    );
  });

  it("removes a block that nobody reads", () => {
    // Block 13 is P3, read by none.
    const { model } = done(removeBlock(spineNet, 13));
    expect(blocksOf(model).slice(11)).toEqual(["5b(7,12)*", "7b(5,13)*", "6b(12,13)*"]);
  });

  it("refuses to remove one that is read, and offers its readers what it read", () => {
    const result = removeBlock(spineNet, 9);
    expect(refusal(result)).toBe("Block 9 is read by block 10, which would lose one of its connections.");
    // Block 9 read 6 and 8; block 10, now 9, read 8 and 9, and so now 8 and 6.
    const { model, said } = offered(result);
    expect(blocksOf(model)[7]).toBe("5b(8,6)");
    expect(said).toBe("Block 9 is removed. Block 9 reads block 6 instead.");
  });

  it("removes from the stem too, but not the last of it", () => {
    const { model } = offered(removeBlock(spineNet, 1));
    expect(model.backbone.stem).toHaveLength(1);
    // Blocks 2 and 3 read 0 and 1: of the two nearest earlier ones only one is left for the first.
    expect(blocksOf(model).slice(0, 2)).toEqual(["2b(0)", "4r(0,1)"]);
    expect(refusal(removeBlock(model, 0))).toContain("the stem's only block");
  });
});

describe("placing a block as a pointer does", () => {
  it("changes order and level at once", () => {
    const { model, origins } = done(placeBlock(spineNet, 3, { index: 2, level: 5 }));
    expect(blocksOf(model).slice(0, 2)).toEqual(["5r(0,1)", "2b(0,1)"]);
    expect(origins.slice(2, 4)).toEqual([3, 2]);
  });

  it("changes nothing at its own place", () => {
    expect(done(placeBlock(spineNet, 3, { index: 3, level: 4 })).model).toEqual(spineNet);
  });

  it("offers both where only the order is refused", () => {
    const result = placeBlock(spineNet, 4, { index: 3, level: 6 });
    expect(refusal(result)).toContain("Block 4 reads block 3");
    expect(blocksOf(offered(result).model)[1]).toBe("6b(2,1)");
  });

  it("offers the swap where only the level is refused", () => {
    const result = placeBlock(spineNet, 16, { index: 15, level: 7 });
    expect(refusal(result)).toBe("Block 16 is the output of level 7 already, and each level has one.");
    expect(offered(result).origins.slice(15)).toEqual([16, 15]);
  });
});

describe("any edit of any network", () => {
  const edits = fc.tuple(fc.nat(5), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 8 }), fc.boolean());

  it("keeps all rules, done or offered, and accounts for each block once", () => {
    fc.assert(
      fc.property(arbitraryModel, edits, (model, [what, first, second, level, flag]) => {
        const length = draftsOf(model).length;
        const [id, other] = [first % length, second % length];
        const results = [
          () => moveBlock(model, id, other),
          () => changeLevel(model, id, level),
          () => changeParents(model, id, [other, first % 3]),
          () => changeOutput(model, id, flag),
          () => addBlock(model, id),
          () => removeBlock(model, id),
        ];
        const result = results[what]!();
        const edit = isRefused(result) ? result.offer?.edit : result;
        if (isRefused(result)) expect(result.refused).toMatch(/^[A-Z].*\.$/);
        if (!edit) return;
        expect(() => checkRules(edit.model)).not.toThrow();
        expect(edit.origins).toHaveLength(draftsOf(edit.model).length);
        const kept = edit.origins.filter((origin) => origin !== null);
        expect(new Set(kept).size).toBe(kept.length);
      }),
      { numRuns: 300 },
    );
  });
});
