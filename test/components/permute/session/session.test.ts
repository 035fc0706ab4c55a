import { describe, expect, it } from "vitest";
import { changeLevel, changeOutput } from "../../../../src/architecture/edit/changeBlock.js";
import { removeBlock } from "../../../../src/architecture/edit/removeBlock.js";
import { presetByName } from "../../../../src/architecture/families/presets.js";
import { PermuteSession } from "../../../../src/components/permute/session/session.js";

interface Told {
  readonly session: PermuteSession;
  /** "morph" for each change, with a full stop where it is committed. */
  readonly told: string[];
}

function begin(): Told {
  const told: string[] = [];
  const session = new PermuteSession(
    { preset: "spinenet-49", model: presetByName("spinenet-49"), against: null, chosen: null },
    (transition, committed) => told.push(transition + (committed ? "." : "")),
  );
  return { session, told };
}

describe("a session", () => {
  it("makes an edit, names the network as edited, and undoes and redoes it", () => {
    const { session, told } = begin();
    session.edit((model) => changeLevel(model, 5, 6));
    expect(session.network.description.blocks[5]?.level).toBe(6);
    expect([session.network.edited, session.network.model.name]).toEqual([true, "SpineNet-49, edited"]);
    expect(session.message.text).toBe("Block 5 is at level 6 instead of 4.");
    session.undo();
    expect([session.network.edited, session.network.model.name]).toEqual([false, "SpineNet-49"]);
    expect([session.canUndo, session.canRedo]).toEqual([false, true]);
    session.redo();
    expect(session.network.description.blocks[5]?.level).toBe(6);
    expect(told).toEqual(["morph.", "morph.", "morph."]);
  });

  it("is the preset again once an edit is taken back by another one", () => {
    const { session } = begin();
    session.edit((model) => changeLevel(model, 5, 6));
    session.edit((model) => changeLevel(model, 5, 4));
    expect(session.network.edited).toBe(false);
    expect(session.network.model).toEqual(presetByName("spinenet-49"));
  });

  it("says why an edit is refused, and does what is offered instead", () => {
    const { session, told } = begin();
    session.edit((model) => changeOutput(model, 5, true));
    expect(session.message).toMatchObject({
      refused: true,
      text: "Block 12 is the output of level 4 already, and each level has one.",
    });
    expect([session.canUndo, session.network.edited]).toEqual([false, false]);
    session.takeOffer();
    expect(session.network.description.blocks[5]?.output).toBe(4);
    expect(session.message.refused).toBe(false);
    session.takeOffer();
    expect(told).toEqual(["instant", "morph."]);
  });

  it("takes what a refusal offers where it is told to", () => {
    const { session } = begin();
    session.resolvesConflicts = true;
    session.edit((model) => removeBlock(model, 9));
    expect(session.network.keys).toHaveLength(16);
    expect(session.message).toMatchObject({
      refused: false,
      text: expect.stringContaining("Block 9 is removed."),
    });
  });

  it("follows the chosen block to its new number, and lets go of one that is removed", () => {
    const { session } = begin();
    session.choose(3);
    session.stepOrder(3, -1);
    expect(session.chosen).toBe(2);
    session.choose(13);
    session.edit((model) => removeBlock(model, 13));
    expect(session.chosen).toBeNull();
  });
});

describe("a lifted block", () => {
  it("is one step of the history, however far it went", () => {
    const { session } = begin();
    session.lift(3);
    session.stepLevel(3, 1);
    session.stepLevel(3, 1);
    session.stepOrder(3, -1);
    expect([session.lifted, session.chosen, session.canUndo]).toEqual([true, 2, false]);
    // What is in hand is not in the address yet.
    expect(session.state.model).toEqual(presetByName("spinenet-49"));
    expect(session.state.chosen).toBe(3);
    session.putDown();
    expect([session.lifted, session.canUndo]).toEqual([false, true]);
    expect(session.network.description.blocks[2]?.level).toBe(6);
    session.undo();
    expect(session.network.edited).toBe(false);
    expect(session.canUndo).toBe(false);
  });

  it("goes back where it was, and leaves no step", () => {
    const { session } = begin();
    session.lift(3);
    session.stepLevel(3, 1);
    session.putBack();
    expect([session.network.edited, session.canUndo, session.chosen]).toEqual([false, false, 3]);
  });

  it("is put down when another block is chosen", () => {
    const { session } = begin();
    session.lift(3);
    session.stepLevel(3, 1);
    session.choose(5);
    expect([session.lifted, session.canUndo, session.chosen]).toEqual([false, true, 5]);
  });
});

describe("a dragged block", () => {
  it("shows the network that a drop would leave, and is one step", () => {
    const { session, told } = begin();
    expect(session.dragBlock(3, { index: 2, level: 5 })).toBe(true);
    expect(session.network.description.blocks[2]?.level).toBe(5);
    // A place is reckoned from before the drag, not from the place held last.
    expect(session.dragBlock(3, { index: 3, level: 6 })).toBe(true);
    expect(session.network.description.blocks[3]?.level).toBe(6);
    session.drop();
    expect([session.canUndo, session.chosen]).toEqual([true, 3]);
    expect(told).toEqual(["preview", "preview", "morph."]);
  });

  it("goes back from where it may not stand, which is said", () => {
    const { session } = begin();
    expect(session.dragBlock(4, { index: 2, level: 3 })).toBe(false);
    session.drop();
    expect(session.network.edited).toBe(false);
    expect(session.message.text).toContain("Block 4 reads block 2");
    session.takeOffer();
    expect(session.chosen).toBe(2);
    expect(session.network.edited).toBe(true);
  });

  it("goes back when the drag is given up", () => {
    const { session, told } = begin();
    session.dragBlock(3, { index: 2, level: 5 });
    session.cancelDrag();
    expect([session.network.edited, session.canUndo]).toEqual([false, false]);
    expect(told.at(-1)).toBe("morph");
  });
});

describe("other networks", () => {
  it("take the place of one by pairs of blocks, and can be undone", () => {
    const { session } = begin();
    const before = session.network.keys;
    session.open(presetByName("r0-sp53"), "r0-sp53");
    expect(session.network.keys.toSorted()).toEqual(before.toSorted());
    expect(session.message.text).toBe("This is R0-SP53.");
    session.undo();
    expect(session.network.keys).toEqual(before);
  });

  it("are compared with, block by block, as edits go on", () => {
    const { session } = begin();
    session.compare("spinenet-49");
    expect(session.comparison?.difference.blocks).toEqual([]);
    session.edit((model) => changeLevel(model, 6, 5));
    expect(session.comparison?.difference.blocks.map(({ id }) => id)).toEqual([6]);
    expect(session.state.against).toBe("spinenet-49");
    session.compare(null);
    expect(session.comparison).toBeNull();
  });
});
