import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apPresets } from "../../../../src/components/evaluate/averagePrecision/presets.js";
import { usualView } from "../../../../src/components/evaluate/averagePrecision/settings.js";
import { apAddress } from "../../../../src/components/evaluate/averagePrecision/urlState.js";
import { arbitraryExample, arbitraryView } from "./arbitraryExample.js";

describe("apAddress.write(query, state)", () => {
  it("says any example and look so that apAddress.read gives the same", () => {
    fc.assert(
      fc.property(arbitraryExample, arbitraryView, (example, view) => {
        expect(apAddress.read(apAddress.write("", { example, view }))).toEqual({
          state: { example, view },
          problems: [],
        });
      }),
    );
  });

  it.each(apPresets)("names the example $title instead of spelling it", (preset) => {
    const query = apAddress.write("", preset);
    expect(query).toBe(preset.id === "usual" ? "" : `?scene=${preset.id}`);
    expect(apAddress.read(query)).toEqual({
      state: { example: preset.example, view: preset.view },
      problems: [],
    });
  });

  it("leaves parameters of others as they are, and takes away its own of before", () => {
    expect(apAddress.write("?files=2&step=3&iou=0.75", { ...apPresets[0]!, view: usualView })).toBe(
      "?files=2",
    );
  });

  it("writes a box in nine digits and its score in two", () => {
    const example = {
      objects: [{ image: 1, category: 0, bbox: [0, 36, 40, 10] as const, mark: "crowd" as const }],
      detections: [{ image: 0, category: 1, bbox: [1, 2, 35, 300] as const, score: 0.37 }],
    };
    // (1·2 + 0)·3 + 1 = 7; 36 is 10 in base 36, 40 is 14, 10 is 0a. (0·2 + 1)·3 = 3; 35 is 0z, 300 = 8·36 + 12 is 8c; 37 is 11.
    expect(apAddress.write("", { example, view: usualView })).toBe("?boxes=1-70010140a-301020z8c11");
  });
});

describe("apAddress.read(query)", () => {
  it.each([
    ["scene=none", "scene=none"],
    ["boxes=2-70010140a-", "boxes=2-70010140a-"],
    ["boxes=1-70010140-", "boxes=1-70010140-"],
    // Its right side is at 10 + 400 pixels of 400.
    ["boxes=1-00a00b40a-", "boxes=1-00a00b40a-"],
    // A score of 1.01.
    ["boxes=1--301020z0a2t", "boxes=1--301020z0a2t"],
    ["class=ship", "class=ship"],
    ["iou=0.52", "iou=0.52"],
    ["size=tiny", "size=tiny"],
    ["limit=0", "limit=0"],
    ["step=-1", "step=-1"],
  ])("says what is wrong with %s, and takes what is usual", (query, named) => {
    const { state, problems } = apAddress.read(`?${query}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`The page's address says ${named}`);
    expect(state).toEqual({ example: apPresets[0]!.example, view: usualView });
  });

  it("never throws, whatever an address says", () => {
    fc.assert(fc.property(fc.string(), (text) => apAddress.read(`?boxes=${text}`).problems.length < 2));
  });
});
