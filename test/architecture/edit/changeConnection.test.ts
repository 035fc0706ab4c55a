import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  connectionPlaces,
  possibleParents,
  readInstead,
  readNoMore,
} from "../../../src/architecture/edit/changeConnection.js";
import { isRefused } from "../../../src/architecture/edit/draft.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { presetByName } from "../../../src/architecture/families/presets.js";
import type { Model } from "../../../src/architecture/model/model.js";
import { arbitraryModel } from "../arbitraryModel.js";

// Its first permuted blocks: 2 (0, 1), 3 (0, 1), 4 (2, 3), 5 (2, 4), 6 (3, 5).
const spineNet = modelByName("spinenet-49");
const resNet = modelByName("resnet-50-fpn");

function done(
  model: Model,
  id: number,
  place: number,
  parent: number,
): { parents: readonly number[]; said: string } {
  const result = readInstead(model, id, place, parent);
  if (isRefused(result)) throw new Error(`refused: ${result.refused}`);
  return { parents: result.model.backbone.blocks[id - 2]!.parents, said: result.said };
}

function refusal(model: Model, id: number, place: number, parent: number): string {
  const result = readInstead(model, id, place, parent);
  return isRefused(result) ? result.refused : `done: ${result.said}`;
}

/** SpineNet-49 with block 6 reading block 3 alone. */
function withOne(): Model {
  const result = readNoMore(spineNet, 6, 1);
  if (isRefused(result)) throw new Error(result.refused);
  expect(result.said).toBe("Block 6 no longer reads block 5.");
  return result.model;
}

describe("what one connection reads", () => {
  it("is replaced, and the block's other connection stays at its place", () => {
    expect(done(spineNet, 6, 0, 4)).toEqual({
      parents: [4, 5],
      said: "Block 6 reads block 4 instead of block 3.",
    });
    expect(done(spineNet, 6, 1, 0)).toEqual({
      parents: [3, 0],
      said: "Block 6 reads block 0 instead of block 5.",
    });
  });

  it("does not change where it is that block already", () => {
    expect(done(spineNet, 6, 1, 5)).toEqual({ parents: [3, 5], said: "" });
  });

  it("is added at a free place, and taken away unless it is the only one", () => {
    expect(done(withOne(), 6, 1, 2)).toEqual({ parents: [3, 2], said: "Block 6 reads block 2 too." });
    const last = readNoMore(withOne(), 6, 0);
    expect(isRefused(last) && last.refused).toBe("Block 6 must read at least one block.");
  });

  it("is refused, with the reason, for itself, for what comes later, twice, and in a stem or chain", () => {
    expect(refusal(spineNet, 6, 0, 6)).toBe("Block 6 cannot read itself.");
    expect(refusal(spineNet, 6, 0, 9)).toBe(
      "Block 6 cannot read block 9, which is computed after it: what a block reads comes earlier.",
    );
    expect(refusal(spineNet, 6, 0, 5)).toBe("Block 6 reads block 5 already, by its other connection.");
    expect(refusal(spineNet, 1, 1, 0)).toContain("Block 1 belongs to the stem");
    expect(refusal(resNet, 5, 1, 2)).toContain("Block 5 belongs to the stem");
  });
});

describe("places for connections", () => {
  it("are two behind the stem, one of them free where one block is read, and none in a stem or chain", () => {
    expect([0, 1, 2, 16].map((id) => connectionPlaces(spineNet, id))).toEqual([0, 0, 2, 2]);
    expect(connectionPlaces(withOne(), 6)).toBe(2);
    expect(connectionPlaces(presetByName("resnet-50-fpn"), 9)).toBe(0);
  });
});

describe("the blocks that a connection may read", () => {
  it("are those before the reader but for what its other connection reads", () => {
    // Of 0 to 5 the second connection has 5.
    expect([...possibleParents(spineNet, 6, 0)]).toEqual([0, 1, 2, 3, 4]);
    expect([...possibleParents(spineNet, 2, 1)]).toEqual([1]);
    expect([...possibleParents(spineNet, 1, 1)]).toEqual([]);
  });

  it("are the same as those before it but one, in any network", () => {
    fc.assert(
      fc.property(arbitraryModel, fc.nat(), fc.constantFrom(0, 1), (model, seed, wanted) => {
        const { stem, blocks } = model.backbone;
        const id = stem.length + (seed % blocks.length);
        const { parents } = blocks[id - stem.length]!;
        const place = Math.min(wanted, parents.length);
        const other = parents.find((_, index) => index !== place);
        const before = Array.from({ length: id }, (_, parent) => parent);
        expect([...possibleParents(model, id, place)]).toEqual(before.filter((parent) => parent !== other));
      }),
      { numRuns: 60 },
    );
  });
});
