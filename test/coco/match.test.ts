import { describe, expect, it } from "vitest";
import { matchDetections } from "../../src/coco/match.js";
import type { CocoAnnotation } from "../../src/coco/types.js";

const everySize = { name: "all", min: 0, max: 1e10 };
const groundTruth = (change: Partial<CocoAnnotation> = {}): CocoAnnotation => ({
  id: 1,
  image_id: 1,
  category_id: 1,
  bbox: [0, 0, 10, 10],
  area: 100,
  iscrowd: 0,
  ...change,
});
const match = (
  groundTruths: CocoAnnotation[],
  ious: number[],
  { range = everySize, iouThresholds = [0.5], respectIgnore = false } = {},
) => {
  const count = groundTruths.length === 0 ? 1 : ious.length / groundTruths.length;
  const candidates = {
    groundTruths,
    areas: new Float64Array(count).fill(100),
    ious: Float64Array.from(ious),
  };
  const { matched, ignored, positives } = matchDetections(candidates, range, {
    iouThresholds,
    respectIgnore,
  });
  return { matched: Array.from(matched), ignored: Array.from(ignored), positives };
};

describe("matchDetections", () => {
  it("gives a ground truth away once", () => {
    expect(match([groundTruth()], [0.6, 0.9])).toEqual({ matched: [1, 0], ignored: [0, 0], positives: 1 });
  });

  it("needs an overlap of at least the threshold, each threshold by itself", () => {
    expect(match([groundTruth()], [0.5, 0.75], { iouThresholds: [0.5, 0.75] })).toEqual({
      // At 0.5 the first takes the object; at 0.75 it fails and the second takes it.
      matched: [1, 0, 0, 1],
      ignored: [0, 0, 0, 0],
      positives: 1,
    });
  });

  it("takes a full overlap at a threshold of 1", () => {
    expect(match([groundTruth()], [1 - 1e-12], { iouThresholds: [1] }).matched).toEqual([1]);
  });

  it("prefers an object that counts to an ignored one of larger overlap", () => {
    const crowd = groundTruth({ id: 2, iscrowd: 1 });
    expect(match([crowd, groundTruth()], [0.9, 0.6])).toEqual({ matched: [1], ignored: [0], positives: 1 });
  });

  it("matches a crowd as often as need be and ignores those detections", () => {
    expect(match([groundTruth({ iscrowd: 1 })], [0.9, 0.8, 0.7])).toEqual({
      matched: [1, 1, 1],
      ignored: [1, 1, 1],
      positives: 0,
    });
  });

  it("reads a match with the id 0 as none, as pycocotools does", () => {
    expect(match([groundTruth({ id: 0 })], [0.9])).toEqual({ matched: [0], ignored: [0], positives: 1 });
  });

  it("ignores an object outside the area range, and a detection outside it that finds nothing", () => {
    const range = { name: "medium", min: 1024, max: 9216 };
    expect(match([groundTruth()], [0.9, 0.1], { range })).toEqual({
      matched: [1, 0],
      ignored: [1, 1],
      positives: 0,
    });
  });

  it("counts an object whose area is exactly an end of the range, at both ends", () => {
    const ends = [groundTruth({ area: 1024 }), groundTruth({ id: 2, area: 9216 })];
    expect(match(ends, [], { range: { name: "medium", min: 1024, max: 9216 } }).positives).toBe(2);
  });

  it("takes an ignored object out of the count only when told to respect the mark", () => {
    const marked = [groundTruth({ ignore: 1 })];
    expect(match(marked, [0.9, 0.9])).toEqual({ matched: [1, 0], ignored: [0, 0], positives: 1 });
    // Not a crowd: it excuses one detection, and the second is wrong.
    expect(match(marked, [0.9, 0.9], { respectIgnore: true })).toEqual({
      matched: [1, 0],
      ignored: [1, 0],
      positives: 0,
    });
  });

  it("leaves every detection unmatched where there is nothing to match", () => {
    expect(match([], [])).toEqual({ matched: [0], ignored: [0], positives: 0 });
  });
});
