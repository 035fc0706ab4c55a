import { describe, expect, it } from "vitest";
import {
  type DetectionErrors,
  type ErrorType,
  errorTypeNames,
  errorTypes,
} from "../../../src/coco/errors/errorTypes.js";
import type { CocoBox } from "../../../src/coco/types.js";
import { detectionsOf, type GroundTruthRow, groundTruthOf } from "../tables.js";
import { errorCases as cases, tablesOf } from "./errorCases.js";

const letters: Readonly<Record<string, ErrorType>> = {
  c: "classification",
  l: "localisation",
  o: "both",
  d: "duplicate",
  b: "background",
};
describe("errorTypes, beside the program of TIDE's authors", () => {
  // That program reads precision off at i / 100, COCO's at numpy's roundings of it.
  const recallThresholds = Array.from({ length: 101 }, (_, index) => index / 100);

  it.each(cases)("gives the same reasons and costs for $name", (one) => {
    const { expected } = one;
    const { groundTruth, detections } = tablesOf(one);
    const result = errorTypes(groundTruth, detections, one.iouType, { ...one.options, recallThresholds });

    expectNear(result.ap, expected.ap);
    for (const type of errorTypeNames) {
      expectNear(result.types[type].cost, expected.costs[type]);
      expect(result.types[type].count, type).toBe(expected.counts[type]);
    }
    expectNear(result.falsePositives.cost, expected.falsePositives);
    expectNear(result.falseNegatives.cost, expected.falseNegatives);
    expect(Array.from(result.missed)).toEqual(expected.missed);

    const reasons = new Array<string>(one.detections.length).fill("-");
    for (const [index, row] of result.detections.rows.entries()) {
      const type = errorTypeNames[result.detections.types[index]!];
      reasons[row] = Object.keys(letters).find((letter) => letters[letter] === type)!;
      if (type === "classification" || type === "localisation") {
        expect(result.detections.objects[index]).toBe(expected.objects[row]);
      }
    }
    expect(reasons.join("")).toBe(expected.reasons);
  });

  it("is held to all types, to crowds, masks, and more than 100 detections of one image", () => {
    expect(cases).toHaveLength(38);
    for (const type of errorTypeNames) {
      expect(cases.filter(({ expected }) => expected.costs[type] > 0).length, type).toBeGreaterThan(10);
    }
    expect(cases.filter(({ annotations }) => annotations.some((row) => row[6] === 1)).length).toBeGreaterThan(
      5,
    );
    expect(cases.filter(({ iouType }) => iouType === "segm")).toHaveLength(5);
    const counts = cases.map(({ detections }) => detections.filter(([image]) => image === 1).length);
    expect(counts.filter((count) => count > 100).length).toBeGreaterThan(0);
    expect(cases.filter(({ asCoco }) => asCoco)).toHaveLength(6);
  });
});

describe("errorTypes", () => {
  // Category 0 has an object at the left and one at the right, both 10 by 10; category 1 has one far below.
  const left: CocoBox = [0, 0, 10, 10];
  const right: CocoBox = [50, 0, 10, 10];
  const below: CocoBox = [0, 50, 10, 10];
  const truths: GroundTruthRow[] = [{ box: left }, { box: right }, { box: below, category: 1 }];
  const measure = (found: [category: number, score: number, box: CocoBox][], rows = truths) =>
    errorTypes(
      groundTruthOf(rows, { categories: 2 }),
      detectionsOf(found.map(([category, score, box]) => ({ category, score, box }))),
      "bbox",
    );
  /** Up to recall 1/2 are the thresholds 0, 0.01, …, 0.50. */
  const half = 51 / 101;

  it("finds nothing wrong where all is found", () => {
    const result = measure([
      [0, 0.9, left],
      [0, 0.8, right],
      [1, 0.7, below],
    ]);
    expect(result.ap).toBeCloseTo(1, 12);
    expect(result.detections.length).toBe(0);
    expect(Object.values(result.types)).toEqual(errorTypeNames.map(() => ({ count: 0, cost: 0 })));
  });

  it("calls a box beside its object a localisation, and mends it", () => {
    // Moved by 5: overlap 50 of 150 is 1/3. Right, wrong: AP (1/2 of recall) of category 0; mended it is 1.
    const result = measure([
      [0, 0.9, left],
      [0, 0.8, [55, 0, 10, 10]],
      [1, 0.7, below],
    ]);
    expect(result.ap).toBeCloseTo((half + 1) / 2, 12);
    expect(result.types.localisation.count).toBe(1);
    expect(result.types.localisation.cost).toBeCloseTo((1 - half) / 2, 12);
    expect(result.types.missed).toEqual({ count: 0, cost: 0 });
    expect(columns(result.detections)).toEqual([[1, "localisation", 1]]);
    expect(result.detections.costs[0]).toBeCloseTo((1 - half) / 2, 12);
    expect(result.falseNegatives.count).toBe(1);
    expect(result.falseNegatives.cost).toBeCloseTo((1 - half) / 2, 12);
  });

  it("calls a box on an object of another category a classification, and moves it there", () => {
    // Category 1 gets what it lacks, 1; category 0 loses a wrong detection behind its right ones, which is nothing.
    const result = measure([
      [0, 0.9, left],
      [0, 0.8, right],
      [0, 0.7, below],
    ]);
    expect(result.ap).toBeCloseTo(1 / 2, 12);
    expect(result.types.classification).toEqual({ count: 1, cost: expect.closeTo(1 / 2, 12) });
    expect(result.types.missed.count).toBe(0);
    expect(columns(result.detections)).toEqual([[2, "classification", 2]]);
  });

  it("calls a box beside an object of another category both, and takes it out", () => {
    // Wrong, right, right: precision 2/3 at its best. Without the first: 1.
    const result = measure([
      [0, 0.9, [5, 50, 10, 10]],
      [0, 0.8, left],
      [0, 0.7, right],
      [1, 0.6, below],
    ]);
    expect(result.ap).toBeCloseTo((2 / 3 + 1) / 2, 12);
    expect(result.types.both).toEqual({ count: 1, cost: expect.closeTo(1 / 6, 12) });
    expect(columns(result.detections)).toEqual([[0, "both", 2]]);
  });

  it("calls a second box on a found object a duplicate", () => {
    // Right, wrong, right: precision 1 up to recall 1/2, then 2/3.
    const result = measure([
      [0, 0.9, left],
      [0, 0.8, [1, 0, 10, 10]],
      [0, 0.7, right],
      [1, 0.6, below],
    ]);
    expect(result.ap).toBeCloseTo((half + (1 - half) * (2 / 3) + 1) / 2, 12);
    expect(result.types.duplicate).toEqual({
      count: 1,
      cost: expect.closeTo(((1 - half) * (1 / 3)) / 2, 12),
    });
    expect(columns(result.detections)).toEqual([[1, "duplicate", 0]]);
    expect(result.falsePositives.count).toBe(1);
    expect(result.falsePositives.cost).toBeCloseTo(((1 - half) * (1 / 3)) / 2, 12);
  });

  it("calls a box on nothing background", () => {
    const result = measure([
      [1, 0.9, [80, 80, 10, 10]],
      [0, 0.8, left],
      [0, 0.7, right],
      [1, 0.6, below],
    ]);
    expect(result.types.background).toEqual({ count: 1, cost: expect.closeTo(1 / 4, 12) });
    expect(columns(result.detections)).toEqual([[0, "background", -1]]);
  });

  it("calls an object missed that no detection is near", () => {
    const result = measure([
      [0, 0.9, left],
      [1, 0.7, below],
    ]);
    expect(result.types.missed).toEqual({ count: 1, cost: expect.closeTo((1 - half) / 2, 12) });
    expect(Array.from(result.missed)).toEqual([1]);
    expect(result.detections.length).toBe(0);
  });

  it("leaves a category out of the mean of which all objects were missed and nothing was detected", () => {
    const result = measure([
      [0, 0.9, left],
      [0, 0.8, right],
    ]);
    expect(result.ap).toBeCloseTo(1 / 2, 12);
    expect(result.types.missed.cost).toBeCloseTo(1 / 2, 12);
  });

  it("lets only the best of two boxes beside an object find it when all are mended, and each alone", () => {
    const result = measure([
      [0, 0.9, [53, 0, 10, 13]],
      [0, 0.8, [56, 0, 10, 10]],
      [0, 0.7, left],
      [1, 0.6, below],
    ]);
    // Wrong, wrong, right: 1/3 up to recall 1/2. All mended: right, right. The first alone: right, wrong, right;
    // the second alone: wrong, right, right, which is 2/3 throughout.
    expect(result.types.localisation).toEqual({ count: 2, cost: expect.closeTo((1 - half / 3) / 2, 12) });
    expect(columns(result.detections).map(([row]) => row)).toEqual([0, 1]);
    expect(result.detections.costs[0]).toBeCloseTo((half + (1 - half) * (2 / 3) - half / 3) / 2, 12);
    expect(result.detections.costs[1]).toBeCloseTo((2 / 3 - half / 3) / 2, 12);
  });

  it("holds nothing against boxes in a crowd", () => {
    const result = measure(
      [
        [0, 0.95, [70, 70, 10, 10]],
        [0, 0.9, left],
        [0, 0.8, right],
        [1, 0.7, below],
      ],
      [...truths, { box: [60, 60, 40, 40], crowd: 1 }],
    );
    expect(result.ap).toBeCloseTo(1, 12);
    expect(result.detections.length).toBe(0);
  });

  it("takes objects marked to be ignored for regions only when asked to", () => {
    const marked = groundTruthOf([{ box: left }, { box: right, ignore: 1 }]);
    const found = detectionsOf([{ box: left }]);
    expect(errorTypes(marked, found, "bbox").types.missed.count).toBe(1);
    expect(errorTypes(marked, found, "bbox", { respectIgnore: true }).types.missed.count).toBe(0);
  });

  it("gives −1 and costs of 0 where there is no object, and leaves unknown categories out", () => {
    const none = groundTruthOf([]);
    const result = errorTypes(none, detectionsOf([{}]), "bbox");
    expect(result.ap).toBe(-1);
    expect(result.types.background).toEqual({ count: 1, cost: 0 });
    expect(Array.from(result.detections.costs)).toEqual([0]);
    expect(errorTypes(none, detectionsOf([{ category: -1 }]), "bbox").detections.length).toBe(0);
  });

  it("refuses thresholds out of order, and masks where there are none", () => {
    const table = groundTruthOf(truths, { categories: 2 });
    expect(() => errorTypes(table, detectionsOf([]), "bbox", { background: 0.6 })).toThrow(
      "background is 0.6 and foreground 0.5; expected 0 < background ≤ foreground ≤ 1.",
    );
    expect(() => errorTypes(table, detectionsOf([]), "segm")).toThrow("has no masks");
  });
});

function columns({ length, rows, types, objects }: DetectionErrors) {
  return Array.from({ length }, (_, index) => [rows[index], errorTypeNames[types[index]!], objects[index]]);
}

function expectNear(actual: number, expected: number): void {
  expect(Math.abs(actual - expected), `${actual} beside ${expected}`).toBeLessThanOrEqual(1e-9);
}
