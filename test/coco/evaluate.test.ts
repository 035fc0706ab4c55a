import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../src/coco/evaluate.js";
import type { EvaluationParameters } from "../../src/coco/parameters.js";
import type { CocoAnnotation, CocoBox, CocoDataset, CocoDetection } from "../../src/coco/types.js";

type Flag = 0 | 1;
type Coordinates = [x: number, y: number, width: number, height: number];
interface ReferenceCase {
  readonly name: string;
  readonly images: number[];
  readonly categories: number[];
  readonly annotations: [
    id: number,
    image: number,
    category: number,
    ...box: Coordinates,
    area: number,
    iscrowd: Flag,
    ignore: Flag,
  ][];
  readonly detections: [image: number, category: number, ...box: Coordinates, score: number][];
  readonly options: Partial<EvaluationParameters>;
  readonly expected: {
    readonly stats: number[];
    readonly categoryIds: number[];
    readonly perCategoryAP: number[];
    readonly sha256: Record<CurveName, string>;
    readonly curves?: Record<CurveName, number[]>;
  };
}

const CURVES = ["precision", "recall", "scores"] as const;
type CurveName = (typeof CURVES)[number];

const cases: ReferenceCase[] = JSON.parse(
  readFileSync(new URL("../reference/coco.json", import.meta.url), "utf8"),
);

describe("evaluate, beside pycocotools", () => {
  it.each(cases)("gives the same curves and numbers for $name", ({ expected, options, ...data }) => {
    const result = evaluate(datasetOf(data), detectionsOf(data), "bbox", options);

    expect(result.categoryIds).toEqual(expected.categoryIds);
    expectWithin(result.stats, expected.stats, 1e-12);
    expectWithin(result.perCategoryAP, expected.perCategoryAP, 1e-12);
    for (const name of CURVES) {
      if (expected.curves !== undefined) {
        expect(Array.from(result[name]), name).toEqual(expected.curves[name]);
      }
      expect(createHash("sha256").update(result[name]).digest("hex"), name).toBe(expected.sha256[name]);
    }
  });

  it("is held to cases with ties, crowds, ignored objects and more than 100 detections of one image", () => {
    const counts = cases.map(({ images, detections }) =>
      Math.max(...images.map((image) => detections.filter(([of]) => of === image).length)),
    );
    expect(cases).toHaveLength(45);
    expect(Math.max(...counts)).toBeGreaterThan(100);
    expect(cases.some(({ annotations }) => annotations.some(([, , , , , , , , crowd]) => crowd === 1))).toBe(
      true,
    );
    expect(cases.filter(({ options }) => options.respectIgnore === true)).toHaveLength(4);
  });
});

describe("evaluate", () => {
  const truth = (rows: Partial<CocoAnnotation>[]): CocoDataset => ({
    images: [{ id: 1, file_name: "1.jpg", width: 100, height: 100 }],
    categories: [{ id: 7, name: "ball" }],
    annotations: rows.map((row, index) => ({
      id: index + 1,
      image_id: 1,
      category_id: 7,
      bbox: [0, 0, 10, 10],
      area: 100,
      iscrowd: 0,
      ...row,
    })),
  });
  const detection = (bbox: CocoBox, score: number): CocoDetection => ({
    image_id: 1,
    category_id: 7,
    bbox,
    score,
  });

  it("counts a box at the thresholds its overlap reaches", () => {
    // Overlap 10 × 7.6 = 76 of a union of 100 + 76 − 76 = 100: 0.76 reaches 0.50, 0.55, …, 0.75, six of ten.
    const { stats, perCategoryAP } = evaluate(truth([{}]), [detection([0, 0, 10, 7.6], 0.9)], "bbox");
    expect(stats[0]).toBeCloseTo(0.6, 12);
    expect(stats[1]).toBeCloseTo(1, 12);
    expect(stats[2]).toBeCloseTo(1, 12);
    expect(perCategoryAP[0]).toBeCloseTo(0.6, 12);
  });

  it("counts a second detection of an object as wrong", () => {
    // Best first: wrong, right. Precision at recall 1 is 1/2, and so at every recall below.
    const { stats } = evaluate(
      truth([{}]),
      [detection([50, 50, 10, 10], 0.9), detection([0, 0, 10, 10], 0.8)],
      "bbox",
    );
    expect(stats[1]).toBeCloseTo(0.5, 12);
  });

  it("lets a crowd take any number of detections, none of them right or wrong", () => {
    const dataset = truth([{}, { bbox: [50, 50, 40, 40], area: 1600, iscrowd: 1 }]);
    const inCrowd = [detection([50, 50, 5, 5], 0.9), detection([60, 60, 5, 5], 0.9)];
    expect(evaluate(dataset, [...inCrowd, detection([0, 0, 10, 10], 0.5)], "bbox").stats[0]).toBeCloseTo(
      1,
      12,
    );
  });

  it("honours an ignored object only when asked to", () => {
    const dataset = truth([{}, { bbox: [50, 50, 10, 10], ignore: 1 }]);
    const found = [detection([0, 0, 10, 10], 0.9)];
    // One of two objects found: precision 1 up to recall 0.5, the thresholds 0, 0.01, …, 0.50: 51 of 101.
    expect(evaluate(dataset, found, "bbox").stats[0]).toBeCloseTo(51 / 101, 12);
    expect(evaluate(dataset, found, "bbox", { respectIgnore: true }).stats[0]).toBeCloseTo(1, 12);
  });

  it("gives −1 for sizes of which there is no object", () => {
    const { stats } = evaluate(truth([{}]), [detection([0, 0, 10, 10], 0.9)], "bbox");
    // The object of 100 square pixels is small; APm, APl, ARm and ARl have nothing to measure.
    expect([3, 4, 5, 9, 10, 11].map((index) => Math.round(stats[index]!))).toEqual([1, -1, -1, 1, -1, -1]);
  });

  it("refuses a detection in an image the data set does not have", () => {
    expect(() => evaluate(truth([{}]), [{ ...detection([0, 0, 1, 1], 1), image_id: 5 }], "bbox")).toThrow(
      "detections: [0].image_id: no image of the annotations has the id 5; " +
        "detections and annotations must be of the same split.",
    );
  });
});

function datasetOf({
  images,
  categories,
  annotations,
}: Omit<ReferenceCase, "expected" | "options">): CocoDataset {
  return {
    images: images.map((id) => ({ id, file_name: `${id}.jpg`, width: 640, height: 480 })),
    categories: categories.map((id) => ({ id, name: String(id) })),
    annotations: annotations.map(([id, image_id, category_id, x, y, w, h, area, iscrowd, ignore]) => {
      return { id, image_id, category_id, bbox: [x, y, w, h], area, iscrowd, ignore };
    }),
  };
}

function detectionsOf({ detections }: Omit<ReferenceCase, "expected" | "options">): CocoDetection[] {
  return detections.map(([image_id, category_id, x, y, w, h, score]) => {
    return { image_id, category_id, bbox: [x, y, w, h], score };
  });
}

function expectWithin(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) {
    expect(Math.abs(actual[index]! - value), `number ${index}`).toBeLessThanOrEqual(tolerance);
  }
}
