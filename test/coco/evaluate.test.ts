import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { evaluate, evaluateTables } from "../../src/coco/evaluate.js";
import { detectionTable } from "../../src/coco/reading/detectionTable.js";
import { groundTruthTable } from "../../src/coco/reading/groundTruthTable.js";
import type {
  CocoAnnotation,
  CocoBox,
  CocoDataset,
  CocoDetection,
  CocoResult,
} from "../../src/coco/types.js";
import { expectWithin, type ReferenceCase, readReferenceCases, referenceCurves } from "./referenceCases.js";

const cases = readReferenceCases();

describe("evaluate, beside pycocotools", () => {
  it.each(cases)(
    "gives the same curves and numbers: $name",
    ({ dataset, results, iouType, expected, options }) => {
      const result = evaluate(dataset, results, iouType, options);

      expect(result.categoryIds).toEqual(expected.categoryIds);
      expectWithin(result.stats, expected.stats, 1e-12);
      expectWithin(result.perCategoryAP, expected.perCategoryAP, 1e-12);
      for (const name of referenceCurves) {
        if (expected.curves !== undefined) {
          expect(Array.from(result[name]), name).toEqual(expected.curves[name]);
        }
        expect(createHash("sha256").update(result[name]).digest("hex"), name).toBe(expected.sha256[name]);
      }
    },
  );

  it("is held to many cases, of all that makes evaluation difficult", () => {
    const holding = (test: (one: ReferenceCase) => boolean) => cases.filter(test).length;
    const inOneImage = ({ dataset, results }: ReferenceCase) =>
      Math.max(...dataset.images.map(({ id }) => results.filter(({ image_id }) => image_id === id).length));
    const someAnnotation = (test: (one: CocoAnnotation) => boolean) =>
      holding(({ dataset }) => dataset.annotations.some(test));

    expect(cases.length).toBeGreaterThanOrEqual(300);
    expect(holding(({ iouType }) => iouType === "segm")).toBeGreaterThanOrEqual(90);
    expect(holding((one) => inOneImage(one) > 100)).toBeGreaterThanOrEqual(4);
    expect(someAnnotation(({ iscrowd }) => iscrowd === 1)).toBeGreaterThanOrEqual(80);
    expect(someAnnotation(({ bbox }) => bbox[2] === 0 || bbox[3] === 0)).toBeGreaterThanOrEqual(5);
    expect(someAnnotation(({ id }) => id === 0)).toBeGreaterThanOrEqual(8);
    expect(someAnnotation(({ id, image_id }) => id > 2 ** 32 && image_id > 2 ** 32)).toBeGreaterThanOrEqual(
      3,
    );
    expect(holding(({ options }) => options.respectIgnore === true)).toBeGreaterThanOrEqual(15);
    expect(holding(({ options }) => options.classAgnostic === true)).toBeGreaterThanOrEqual(20);
    expect(holding(({ expected }) => expected.curves !== undefined)).toBeGreaterThanOrEqual(8);
    expect(
      holding(({ results }) => results.some(({ bbox, segmentation }) => bbox && segmentation)),
    ).toBeGreaterThan(10);
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

  it("leaves out detections of categories the data set does not have", () => {
    const wrong = { ...detection([50, 50, 10, 10], 0.95), category_id: 8 };
    const found = [wrong, detection([0, 0, 10, 10], 0.9)];
    // As a detection of the category it would come first, wrong, and halve the precision.
    expect(evaluate(truth([{}]), found, "bbox").stats[0]).toBeCloseTo(1, 12);
    expect(evaluate(truth([{}]), found, "bbox", { classAgnostic: true }).stats[0]).toBeCloseTo(1, 12);
  });

  it("takes any category's object for found where categories do not count", () => {
    const dataset = truth([{}]);
    const two = { ...dataset, categories: [...dataset.categories, { id: 8, name: "bat" }] };
    const found = [{ ...detection([0, 0, 10, 10], 0.9), category_id: 8 }];
    expect(evaluate(two, found, "bbox")).toMatchObject({ categoryIds: [7, 8], perCategoryAP: [0, -1] });
    const { categoryIds, perCategoryAP } = evaluate(two, found, "bbox", { classAgnostic: true });
    expect(categoryIds).toEqual([-1]);
    expect(perCategoryAP[0]).toBeCloseTo(1, 12);
  });

  it("sorts a detected mask by the area of the box beside it", () => {
    const segmentation = [[0, 0, 10, 0, 10, 10, 0, 10]];
    const dataset = truth([{ segmentation: [[20, 20, 30, 20, 30, 30, 20, 30]] }]);
    const inside = { image_id: 1, category_id: 7, segmentation, score: 0.9 };
    const right = {
      image_id: 1,
      category_id: 7,
      segmentation: [[20, 20, 30, 20, 30, 30, 20, 30]],
      score: 0.8,
    };
    const small = (first: CocoResult) => evaluate(dataset, [first, right], "segm").stats[3];
    // Its own 100 square pixels make the wrong mask a small one, and precision 1/2; a box of 40 × 40 = 1600 does not.
    expect(small(inside)).toBeCloseTo(0.5, 12);
    expect(small({ ...inside, bbox: [0, 0, 40, 40] })).toBeCloseTo(1, 12);
  });

  it("gives the same of columns as of objects, and leaves them as they are", () => {
    const dataset = truth([{}, { bbox: [50, 50, 10, 10] }]);
    const found = [detection([0, 0, 10, 9], 0.4), detection([50, 50, 10, 10], 0.9)];
    const truths = groundTruthTable(dataset, "annotations", "bbox");
    const table = detectionTable(found, truths, "detections", "bbox");
    expect(evaluateTables(truths, table, "bbox")).toEqual(evaluate(dataset, found, "bbox"));
    expect(table).toEqual(detectionTable(found, truths, "detections", "bbox"));
  });

  it("says how far it is, after each category", () => {
    const dataset = truth([{}]);
    const four = { ...dataset, categories: [7, 8, 9, 10].map((id) => ({ id, name: `${id}` })) };
    const fractions: number[] = [];
    evaluate(four, [], "bbox", { onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions).toEqual([0.25, 0.5, 0.75, 1]);
  });
});
