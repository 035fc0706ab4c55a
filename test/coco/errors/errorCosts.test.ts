import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DetectionErrors, errorTypeNames, errorTypes } from "../../../src/coco/errors/errorTypes.js";
import type { DetectionTable, GroundTruthTable } from "../../../src/coco/tables.js";
import { type DetectionRow, detectionsOf, groundTruthOf } from "../tables.js";
import { errorCases as cases, tablesOf } from "./errorCases.js";

describe("the cost of a single error", () => {
  it.each(cases.slice(0, 20))("costs what AP gains in $name when that detection alone is changed", (one) => {
    const { groundTruth, detections } = tablesOf(one);
    const { detections: errors } = errorTypes(groundTruth, detections, "bbox");
    for (let index = 0; index < errors.length; index++) {
      expectNear(errors.costs[index]!, gainAlone(groundTruth, detections, errors, index));
    }
  });

  it("is listed before smaller ones", () => {
    for (const one of cases.slice(12, 20)) {
      const { groundTruth, detections } = tablesOf(one);
      const { costs } = errorTypes(groundTruth, detections, "bbox").detections;
      expect(Array.from(costs)).toEqual(Array.from(costs).sort((a, b) => b - a));
      expect(costs[0]).toBeGreaterThan(0);
    }
  });
});

describe("the cost of all errors", () => {
  it("is never below 0", () => {
    const size = fc.integer({ min: 5, max: 20 });
    const row = fc.record({
      image: fc.nat(1),
      category: fc.nat(2),
      box: fc.tuple(fc.nat(40), fc.nat(40), size, size),
    });
    const scored = fc.tuple(row, fc.nat(5)).map(([found, score]) => ({ ...found, score: score / 5 }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), fc.array(scored, { maxLength: 15 }), (objects, found) => {
        const groundTruth = groundTruthOf(objects, { images: 2, categories: 3 });
        const result = errorTypes(groundTruth, detectionsOf(found), "bbox");
        const sums = [...Object.values(result.types), result.falsePositives, result.falseNegatives];
        for (const { cost } of sums) expect(cost).toBeGreaterThanOrEqual(-1e-12);
        const counted = errorTypeNames.slice(0, 5).reduce((sum, type) => sum + result.types[type].count, 0);
        expect(counted).toBe(result.falsePositives.count);
      }),
    );
  });
});

/** The long way: measures anew with the one detection on its object, or without it where the object is taken. */
function gainAlone(
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
  { rows, types, objects }: DetectionErrors,
  index: number,
): number {
  const measure = (table: DetectionTable) => errorTypes(groundTruth, table, "bbox");
  const all = Array.from(
    detections.scores,
    (score, row): DetectionRow => ({ ...rowOf(detections, row), score }),
  );
  const before = measure(detections);
  const type = errorTypeNames[types[index]!];
  const object = objects[index]!;
  if (type === "localisation" || type === "classification") {
    const mended = (score: number) => ({ ...rowOf(groundTruth, object), score });
    const withLast = measure(detectionsOf([...all, mended(-1)]));
    if (withLast.falseNegatives.count < before.falseNegatives.count) {
      const changed = all.map((row, at) => (at === rows[index] ? mended(detections.scores[at]!) : row));
      return measure(detectionsOf(changed)).ap - before.ap;
    }
  }
  return measure(detectionsOf(all.filter((_, at) => at !== rows[index]))).ap - before.ap;
}

function rowOf({ image, category, boxes }: GroundTruthTable | DetectionTable, row: number) {
  const [x, y, width, height] = boxes.subarray(row * 4, row * 4 + 4);
  return { image: image[row], category: category[row], box: [x!, y!, width!, height!] as const };
}

function expectNear(actual: number, expected: number): void {
  expect(Math.abs(actual - expected), `${actual} beside ${expected}`).toBeLessThanOrEqual(1e-9);
}
