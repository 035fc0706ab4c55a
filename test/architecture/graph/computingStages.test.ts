import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { computingStages } from "../../../src/architecture/graph/computingStages.js";

const pyramidSteps = (name: Parameters<typeof modelByName>[0]): Record<string, number | undefined> => {
  const stages = computingStages(descriptionOf(modelByName(name)));
  return Object.fromEntries(["P3", "P4", "P5", "P6", "P7"].map((map) => [map, stages.get(map)]));
};

describe("the stages that a network is computed in", () => {
  it("begin with the stem, and take one for each block in its order", () => {
    const stages = computingStages(descriptionOf(modelByName("spinenet-49")));
    expect(stages.get("stem")).toBe(0);
    expect([stages.get("0"), stages.get("1"), stages.get("16")]).toEqual([1, 2, 17]);
  });

  it("give an endpoint one stage after its block", () => {
    // Blocks 13, 12, 14, 16 and 15 (paper, figure 4d) are there at stages 14, 13, 15, 17 and 16.
    expect(pyramidSteps("spinenet-49")).toEqual({ P3: 15, P4: 14, P5: 16, P6: 18, P7: 17 });
  });

  it("give a pyramid's maps one stage each, from its top down to the finest and up to the coarsest", () => {
    // The sixteenth block is there at stage 16; P5 is made from it, P4 and P6 from P5, P3 from P4, P7 from P6.
    expect(pyramidSteps("resnet-50-fpn")).toEqual({ P3: 19, P4: 18, P5: 17, P6: 18, P7: 19 });
  });

  it("are refused for a map that is made from itself", () => {
    const pyramid = [{ level: 3, part: "fpn", shape: [1, 1, 1], from: 3 }] as const;
    expect(() => computingStages({ blocks: [], pyramid })).toThrow(
      "P3 is made from itself or from nothing, so no stage computes it",
    );
  });
});
