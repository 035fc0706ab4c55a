import { describe, expect, it } from "vitest";
import { cocoParameters, evaluationParameters, linspace } from "../../src/coco/parameters.js";

describe("cocoParameters", () => {
  it("has numpy's roundings of the thresholds", () => {
    // numpy.linspace(.5, .95, 10) and the places of numpy.linspace(0, 1, 101) that are not the nearest decimal.
    expect(cocoParameters.iouThresholds).toEqual([
      0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95,
    ]);
    const recalls = cocoParameters.recallThresholds;
    expect(recalls).toHaveLength(101);
    expect([recalls[29], recalls[35], recalls[57], recalls[58], recalls[100]]).toEqual([
      0.29, 0.35000000000000003, 0.5700000000000001, 0.58, 1,
    ]);
  });
});

describe("linspace", () => {
  it("includes both ends exactly", () => {
    expect(linspace(-1, 1, 5)).toEqual([-1, -0.5, 0, 0.5, 1]);
  });
});

describe("evaluationParameters", () => {
  it("has COCO's where none are given", () => {
    expect(evaluationParameters()).toEqual(cocoParameters);
    expect(evaluationParameters({ maxDets: undefined, respectIgnore: true })).toEqual({
      ...cocoParameters,
      respectIgnore: true,
    });
  });

  it("sorts the numbers of detections, and leaves the caller's list alone", () => {
    const maxDets = [100, 1, 10];
    expect(evaluationParameters({ maxDets }).maxDets).toEqual([1, 10, 100]);
    expect(maxDets).toEqual([100, 1, 10]);
  });

  it("refuses lists that leave nothing to measure", () => {
    expect(() => evaluationParameters({ maxDets: [] })).toThrow(
      "maxDets: the list is empty; expected at least one entry.",
    );
    expect(() => evaluationParameters({ iouThresholds: [] })).toThrow("iouThresholds: the list is empty");
  });

  it("refuses a number of detections that is none", () => {
    expect(() => evaluationParameters({ maxDets: [1, 2.5] })).toThrow(
      "maxDets[1]: is 2.5; expected a whole number of detections, 0 or more.",
    );
  });
});
