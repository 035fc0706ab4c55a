import { describe, expect, it } from "vitest";
import { measureNames, type NetworkMeasures } from "../../../../src/architecture/graph/networkMeasures.js";
import { extremesOf } from "../../../../src/components/search/measures/extremes.js";

describe("the extremes", () => {
  it("part measures into the lowest twentieth, the highest, and what lies between", () => {
    const all = <Value>(value: Value) => ({
      multiplyAdds: value,
      parameters: value,
      shortestPath: value,
      meanPath: value,
      longestPath: value,
      paths: value,
      scales: value,
      reach: value,
      coarserInOrder: value,
      finerInOrder: value,
      coarserOnPath: value,
      finerOnPath: value,
    });
    // 1 to 100: 5.5 is more than 5 of them, a twentieth, which is not less than one; 95.5 likewise.
    const among = all(Array.from({ length: 100 }, (_, index) => index + 1));
    const measures: NetworkMeasures = { ...all(50), paths: 96.5, reach: 4.5, scales: 5.5, meanPath: 95.5 };
    expect(extremesOf(measures, among)).toEqual({
      low: ["reach"],
      between: measureNames.filter((name) => name !== "reach" && name !== "paths"),
      high: ["paths"],
    });
  });
});
