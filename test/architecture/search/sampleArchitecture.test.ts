import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { type ModelName, modelByName } from "../../../src/architecture/families/modelByName.js";
import type { Model } from "../../../src/architecture/model/model.js";
import { parseModel } from "../../../src/architecture/model/parseModel.js";
import { sampleArchitecture } from "../../../src/architecture/search/sampleArchitecture.js";

/** Levels of ResNet-50's blocks that are permuted before the outputs (paper, table 1 and figure 4c), in order. */
const startLevels = [2, 3, 3, 3, 4, 4, 4, 4, 4, 5];

/** What a network breaks of the rules that the search kept to. */
function broken({ backbone: { stem, blocks } }: Model): string[] {
  const rules: string[] = [];
  const hold = (kept: boolean, rule: string): void => {
    if (!kept) rules.push(rule);
  };
  const [intermediate, outputs] = [blocks.slice(0, 10), blocks.slice(10)];
  hold(blocks.length === 15 && stem.length === 2, "fifteen blocks after two");
  hold(
    outputs.every(({ output }) => output) && intermediate.every(({ output }) => !output),
    "the last five alone are outputs",
  );
  hold(
    outputs
      .map(({ level }) => level)
      .sort()
      .join() === "3,4,5,6,7",
    "an output a level",
  );
  // If any way of moving the start's levels gives these, the way that keeps their order does.
  const levels = intermediate.map(({ level }) => level).sort((a, b) => a - b);
  hold(
    levels.every((level, index) => level >= startLevels[index]! - 1 && level <= startLevels[index]! + 2),
    "levels −1 to +2 from the start's",
  );
  blocks.forEach(({ parents, output, kind }, position) => {
    const index = position + 2;
    const first = output ? 0 : Math.max(0, index - 5);
    hold(
      parents.length === 2 && parents.every((parent) => parent >= first && parent < index),
      `${index} reads two of ${first} to ${index - 1}`,
    );
    hold(kind === "bottleneck" || kind === "residual", `${index} is a bottleneck or a residual block`);
  });
  return rules;
}

const arbitrarySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const arbitraryNumber = fc.integer({ min: 1, max: 100_000 });

describe("a sampled architecture", () => {
  it("keeps to what the search allowed, and is a network that can be built", () => {
    fc.assert(
      fc.property(arbitrarySeed, arbitraryNumber, (seed, number) => {
        const sample = sampleArchitecture(seed, number);
        expect(broken(sample)).toEqual([]);
        const description = descriptionOf(parseModel(JSON.parse(JSON.stringify(sample)), "sample"));
        expect(description.pyramid.map(({ level }) => level)).toEqual([3, 4, 5, 6, 7]);
        expect(description.multiplyAdds).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it.each<ModelName>(["spinenet-49", "r0-sp53"])(
    "could have been %s, which keeps to the same rules",
    (name) => {
      expect(broken(modelByName(name))).toEqual([]);
    },
  );

  it("is the same each time, whichever was drawn before it", () => {
    const later = sampleArchitecture(1, 7);
    sampleArchitecture(1, 6);
    expect(sampleArchitecture(1, 7)).toEqual(later);
  });

  it("differs from its neighbours by number and by seed", () => {
    const drawn = [
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ].map(([seed, number]) => JSON.stringify(sampleArchitecture(seed!, number!).backbone.blocks));
    expect(new Set(drawn).size).toBe(4);
  });

  it("differs from SpineNet-49 in nothing but blocks, their names and the width of level 1", () => {
    const { name, backbone, ...rest } = sampleArchitecture(5, 3);
    const { name: _, backbone: spineNet, ...others } = modelByName("spinenet-49");
    expect(rest).toEqual(others);
    expect(name).toBe("Sample 3 of seed 5");
    expect(backbone).toEqual({
      ...spineNet,
      variant: "sample-5-3",
      widths: { ...spineNet.widths, 1: 32 },
      blocks: backbone.blocks,
    });
  });

  it("has every choice open to it: each pair, each level, each kind, each order of outputs' ends", () => {
    const samples = Array.from({ length: 600 }, (_, index) => sampleArchitecture(1, index + 1));
    const seen = (of: (model: Model) => unknown): string[] =>
      [...new Set(samples.map((model) => String(of(model))))].sort();
    const block = (model: Model, index: number) => model.backbone.blocks[index - 2]!;
    expect(seen((model) => block(model, 2).parents)).toEqual(["0,1"]);
    expect(seen((model) => block(model, 9).parents)).toEqual([
      ...["4,5", "4,6", "4,7", "4,8", "5,6"],
      ...["5,7", "5,8", "6,7", "6,8", "7,8"],
    ]);
    // C(12, 2)
    expect(seen((model) => block(model, 12).parents)).toHaveLength(66);
    expect(seen((model) => block(model, 12).level)).toEqual(["3", "4", "5", "6", "7"]);
    expect(seen((model) => block(model, 2).level)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
    expect(seen((model) => block(model, 16).kind)).toEqual(["bottleneck", "residual"]);
  });
});
