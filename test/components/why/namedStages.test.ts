import { describe, expect, it } from "vitest";
import { cellsWords, seenSide, stageName } from "../../../src/components/why/depthWords.js";
import { comparedDepths, namedStages } from "../../../src/components/why/namedStages.js";

describe("namedStages(depths)", () => {
  it("finds the maps that the page's sentences describe", () => {
    const { climbs, ...stages } = namedStages(comparedDepths());
    const words = Object.entries(stages).map(
      ([name, stage]) => `${name}: ${stageName(stage)}, ${cellsWords(stage)}, ${seenSide(stage)}`,
    );
    expect([...words, `${climbs} climbs`]).toEqual([
      "finest: Block 13, 80×80, 1,491",
      "beside: Block 13, 20×20, 299",
      "bottom: Block 15, 20×20, 427",
      "pyramid: P3, 80×80, 459",
      "lateral: Block 6, 80×80, 91",
      "plunge: Block 9, 5×5, 1,363",
      "climb: Block 4, 80×80, 131",
      "6 climbs",
    ]);
  });

  it("refuses networks that are not so", () => {
    const [decreasing, permuted] = comparedDepths();
    expect(() => namedStages([permuted, decreasing])).toThrow("it should be a network with an FPN");
  });
});
