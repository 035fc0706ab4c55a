import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fitted,
  smallestSide,
  withCorner,
  withDetection,
  without,
  withScore,
} from "../../../../src/components/evaluate/averagePrecision/boxEdits.js";
import { imageSize } from "../../../../src/components/evaluate/averagePrecision/example.js";
import { apPresets } from "../../../../src/components/evaluate/averagePrecision/presets.js";
import { apStore } from "../../../../src/components/evaluate/averagePrecision/store.js";

const usual = apPresets[0]!;

describe("apStore(start)", () => {
  it("undoes and redoes a change of the example, and keeps the look meanwhile", () => {
    const store = apStore(usual);
    store.edit(without(usual.example, { kind: "detection", index: 0 }), null);
    store.look({ threshold: 5 });
    store.undo();
    expect(store.shown.example).toBe(usual.example);
    expect(store.shown.view.threshold).toBe(5);
    expect(store.shown.canUndo).toBe(false);
    store.redo();
    expect(store.shown.example.detections).toHaveLength(usual.example.detections.length - 1);
  });

  it("undoes the steps of one drag at once", () => {
    const store = apStore(usual);
    for (const score of [0.5, 0.6, 0.7]) store.edit(withScore(store.shown.example, 0, score), "drag");
    store.undo();
    expect(store.shown.example).toBe(usual.example);
  });

  it("takes another example with its look, and undoes both", () => {
    const store = apStore(usual);
    const other = apPresets.find(({ id }) => id === "sizes")!;
    store.replace(other);
    expect(store.shown.view.area).toBe("small");
    store.undo();
    expect(store.shown.view).toEqual(usual.view);
    store.redo();
    expect(store.shown.view).toEqual(other.view);
  });

  it("takes the whole ranking where a step goes beyond it", () => {
    const store = apStore(usual);
    store.look({ step: 2 });
    expect(store.shown.taken.points).toHaveLength(2);
    store.look({ step: 500 });
    expect(store.shown.view.step).toBeNull();
    expect(store.shown.taken).toEqual(store.shown.whole);
  });
});

describe("edits of an example", () => {
  const isWithin = ([x, y, width, height]: readonly number[]) =>
    [x, y, width, height].every(Number.isInteger) &&
    x! >= 0 &&
    y! >= 0 &&
    x! + width! <= imageSize.width &&
    y! + height! <= imageSize.height &&
    Math.min(width!, height!) >= smallestSide;
  const length = fc.double({ min: -900, max: 900, noNaN: true });

  it("keep every box in its image, in whole pixels", () => {
    fc.assert(
      fc.property(
        fc.tuple(length, length, length, length),
        fc.constantFrom("nw" as const, "ne" as const, "sw" as const, "se" as const),
        (box, corner) => {
          const inside = fitted(box);
          return isWithin(inside) && isWithin(withCorner(inside, corner, box[0], box[1]));
        },
      ),
    );
  });

  it("move one corner and leave the opposite one", () => {
    expect(withCorner([10, 20, 30, 40], "nw", 5, -5)).toEqual([15, 15, 25, 45]);
    expect(withCorner([10, 20, 30, 40], "se", 5, -5)).toEqual([10, 20, 35, 35]);
  });

  it("round scores to hundredths", () => {
    const example = withDetection(usual.example, { ...usual.example.detections[0]!, score: 0.5 });
    expect(withScore(example, 1, 0.1234).detections[1]!.score).toBe(0.12);
    expect(withScore(example, 1, 7).detections[1]!.score).toBe(1);
  });
});
