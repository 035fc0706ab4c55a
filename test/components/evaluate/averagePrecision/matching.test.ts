import { describe, expect, it } from "vitest";
import type { CocoBox } from "../../../../src/coco/types.js";
import type { Example, ObjectMark } from "../../../../src/components/evaluate/averagePrecision/example.js";
import { matchExample, overlapOf } from "../../../../src/components/evaluate/averagePrecision/matching.js";

const all = { name: "all", min: 0, max: 1e10 };
const settings = { category: 0, iou: 0.5, area: all, maxDets: 100 };
const object = (bbox: CocoBox, mark: ObjectMark = "counted", category = 0) => ({
  image: 0,
  category,
  bbox,
  mark,
});
const detection = (bbox: CocoBox, score: number) => ({ image: 0, category: 0, bbox, score });
const reasons = (example: Example, change = {}) => {
  const { ranking, uncounted } = matchExample(example, { ...settings, ...change });
  return [...ranking, ...uncounted].map(({ verdict, reason }) => `${verdict}: ${reason}`);
};

describe("matchExample(example, settings)", () => {
  it("says of each detection whether it is right, and why not", () => {
    const example: Example = {
      objects: [object([0, 0, 40, 40]), object([100, 0, 40, 40]), object([200, 0, 40, 40], "counted", 1)],
      detections: [
        detection([0, 0, 40, 40], 0.9),
        detection([0, 0, 40, 36], 0.8),
        // 20 · 40 of 2 · 1600 − 800.
        detection([120, 0, 40, 40], 0.7),
        detection([200, 0, 40, 40], 0.6),
        detection([300, 200, 40, 40], 0.5),
      ],
    };
    expect(reasons(example)).toEqual([
      "right: found",
      "wrong: duplicate",
      "wrong: too loose",
      "wrong: other category",
      "wrong: background",
    ]);
    const { ranking, takenBy, positives } = matchExample(example, settings);
    expect(ranking[1]!.iou).toBeCloseTo(0.9, 12);
    expect(ranking[2]!.iou).toBeCloseTo(800 / 2400, 12);
    expect([...takenBy]).toEqual([[0, 0]]);
    expect(positives).toEqual([0, 1]);
  });

  it("takes an overlap of a tenth or less for none", () => {
    // 4 · 40 = 160 of 3200 − 160; 10 · 40 = 400 of 3200 − 400.
    const at = (x: number) => ({
      objects: [object([0, 0, 40, 40])],
      detections: [detection([x, 0, 40, 40], 1)],
    });
    expect(reasons(at(36))).toEqual(["wrong: background"]);
    expect(reasons(at(30))).toEqual(["wrong: too loose"]);
  });

  it("neither counts what lies in a crowd, however much, nor what finds an ignored object", () => {
    const example: Example = {
      objects: [object([0, 0, 100, 100], "crowd"), object([200, 0, 40, 40], "ignored")],
      detections: [
        detection([0, 0, 30, 30], 0.9),
        detection([10, 10, 30, 30], 0.8),
        detection([200, 0, 40, 40], 0.7),
      ],
    };
    expect(reasons(example)).toEqual(["ignored: crowd", "ignored: crowd", "ignored: ignored object"]);
  });

  it("ignores objects and detections of another size", () => {
    const example: Example = {
      objects: [object([0, 0, 40, 40])],
      detections: [
        detection([0, 0, 40, 40], 0.9),
        detection([100, 0, 40, 40], 0.8),
        detection([200, 0, 20, 20], 0.7),
      ],
    };
    expect(reasons(example, { area: { name: "small", min: 0, max: 1024 } })).toEqual([
      "ignored: object of another size",
      "ignored: of another size",
      "wrong: background",
    ]);
  });

  it("counts only the best of an image, as many as the limit lets", () => {
    const example: Example = {
      objects: [object([0, 0, 40, 40])],
      detections: [detection([0, 0, 40, 40], 0.8), detection([100, 0, 40, 40], 0.9)],
    };
    expect(reasons(example, { maxDets: 1 })).toEqual(["wrong: background", "uncounted: beyond the limit"]);
  });
});

describe("overlapOf(box, other, isCrowd)", () => {
  it("is the intersection over the union, or over the box's own area in a crowd", () => {
    // 20 · 40 = 800 in common; the union has 1600 + 1600 − 800.
    expect(overlapOf([0, 0, 40, 40], [20, 0, 40, 40])).toBe(800 / 2400);
    expect(overlapOf([0, 0, 40, 40], [20, 0, 40, 40], true)).toBe(0.5);
    expect(overlapOf([0, 0, 40, 40], [40, 0, 40, 40])).toBe(0);
  });
});
