import { describe, expect, it } from "vitest";
import { changeOutput } from "../../../src/architecture/edit/changeBlock.js";
import { changeParents } from "../../../src/architecture/edit/changeConnection.js";
import { type EditResult, isRefused } from "../../../src/architecture/edit/draft.js";
import { moveBlock } from "../../../src/architecture/edit/moveBlock.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { presetByName } from "../../../src/architecture/families/presets.js";
import { searchRules } from "../../../src/architecture/search/searchRules.js";

const spineNet = modelByName("spinenet-49");
const complaints = (...[model]: Parameters<typeof searchRules>): string[] =>
  searchRules(model).flatMap(({ complaint }) => (complaint === "" ? [] : [complaint]));

function edited(result: EditResult) {
  if (isRefused(result)) throw new Error(result.refused);
  return result.model;
}

describe("the rules of the paper's search", () => {
  it.each(["spinenet-49", "r0-sp53", "r23-sp30", "spinenet-190", "spinenet-mobile-49"] as const)(
    "are kept by %s, which it found",
    (name) => {
      expect(searchRules(modelByName(name))).toHaveLength(4);
      expect(complaints(modelByName(name))).toEqual([]);
    },
  );

  it("do not concern a chain", () => {
    expect(searchRules(modelByName("resnet-50-fpn"))).toEqual([]);
  });

  it("are broken by a damaged graph, whose blocks read one block each", () => {
    expect(complaints(presetByName("r0-sp53-no-long"))).toEqual(["Blocks 2 to 16 read one only."]);
  });

  it("are broken by a lost output, one out of line, and a parent too far back", () => {
    expect(complaints(edited(changeOutput(spineNet, 13, false)))).toContain("There is none at level 3.");
    // Block 2 is at level 2, which has no output.
    expect(complaints(edited(changeOutput(spineNet, 2, true)))[0]).toContain("another level");
    // Block 13, an output, goes before block 12; block 11 reads five back at most.
    const early = edited(moveBlock(spineNet, 13, 11));
    expect(complaints(early)).toEqual(["Block 12 comes after an output."]);
    // 11 − 5 = 6 is the furthest that block 11 may reach.
    expect(complaints(edited(changeParents(spineNet, 11, [6, 10])))).toEqual([]);
    expect(complaints(edited(changeParents(spineNet, 11, [5, 10])))).toEqual([
      "Block 11 reaches further back.",
    ]);
  });
});
