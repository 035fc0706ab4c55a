import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { addBlock } from "../../../src/architecture/edit/addBlock.js";
import { changeKind, changeLevel, changeOutput } from "../../../src/architecture/edit/changeBlock.js";
import { changeParents } from "../../../src/architecture/edit/changeConnection.js";
import { type EditResult, isRefused } from "../../../src/architecture/edit/draft.js";
import { moveBlock } from "../../../src/architecture/edit/moveBlock.js";
import { removeBlock } from "../../../src/architecture/edit/removeBlock.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { differenceOf } from "../../../src/architecture/graph/difference.js";

const model = modelByName("spinenet-49");
const spineNet = descriptionOf(model);

function edited(result: EditResult) {
  if (isRefused(result)) throw new Error(result.refused);
  return descriptionOf(result.model);
}

describe("the difference between two networks", () => {
  it("is none of a network from itself", () => {
    expect(differenceOf(spineNet, spineNet)).toMatchObject({
      than: "SpineNet-49",
      blocks: [],
      missing: [],
      added: [],
      removed: [],
    });
  });

  it("tells level, kind and output, with what the other has", () => {
    expect(differenceOf(edited(changeLevel(model, 6, 5)), spineNet).blocks).toEqual([
      { id: 6, other: 6, level: 6, moved: false },
    ]);
    expect(differenceOf(edited(changeKind(model, 3, "bottleneck")), spineNet).blocks).toEqual([
      { id: 3, other: 3, kind: "residual", moved: false },
    ]);
    expect(differenceOf(edited(changeOutput(model, 13, false)), spineNet).blocks).toContainEqual(
      expect.objectContaining({ id: 13, output: 3 }),
    );
  });

  it("tells parents, and the connections that come and go with them", () => {
    const difference = differenceOf(edited(changeParents(model, 9, [6, 7])), spineNet);
    expect(difference.blocks).toEqual([{ id: 9, other: 9, parents: [6, 8], moved: false }]);
    expect(difference.added).toEqual([{ from: 7, to: 9 }]);
    expect(difference.removed).toEqual([{ from: 8, to: 9 }]);
  });

  it("says of a moved block alone that it moved, not of those that made way", () => {
    const { blocks, added, removed } = differenceOf(edited(moveBlock(model, 3, 2)), spineNet);
    // Of two that changed places either can be the one that moved; the other's place follows.
    expect(blocks.filter(({ moved }) => moved)).toHaveLength(1);
    expect([added, removed]).toEqual([[], []]);
  });

  it("finds the block that one of them lacks, either way round", () => {
    const more = edited(addBlock(model, 6));
    const there = differenceOf(more, spineNet);
    expect(there.blocks.filter(({ other }) => other === null)).toHaveLength(1);
    expect(there.missing).toEqual([]);
    const less = edited(removeBlock(model, 13));
    expect(differenceOf(less, spineNet).missing).toEqual([13]);
  });
});
