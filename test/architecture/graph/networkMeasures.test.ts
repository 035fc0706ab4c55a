import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { measureNames, networkMeasures } from "../../../src/architecture/graph/networkMeasures.js";

describe("a network's measures", () => {
  it("of ResNet-50-FPN are those of a chain with a pyramid, to a thousandth", () => {
    const measures = networkMeasures(descriptionOf(modelByName("resnet-50-fpn")));
    expect(Object.keys(measures)).toEqual([...measureNames]);
    expect(measures).toMatchObject({
      // Blocks to P3 … P7: 7, 13, 16, 16, 16.
      shortestPath: 13.6,
      longestPath: 16,
      // 3 + 2 + 1 + 1 + 1, of 36 + 29 + 16 + 16 + 16 blocks: 113 / 8.
      paths: 8,
      meanPath: 14.125,
      // 4, 4, 4, 5, 6.
      scales: 4.6,
      reach: 1,
      coarserInOrder: 3,
      finerInOrder: 0,
      // Finer: P4 → P3 on one path; P5 → P4 → P3 on one, P5 → P4 on one to P4: 1 + 2 + 1 of 8.
      finerOnPath: 0.5,
      // Coarser: to P3 1, 2 and 3; to P4 2 and 3; to P5 3; P6 4; P7 5: 23 of 8, which is 2.875.
      coarserOnPath: 2.875,
    });
  });
});
