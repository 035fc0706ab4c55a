import { describe, expect, it } from "vitest";
import { OutlineBudget } from "../../../src/coco/masks/outlineBudget.js";
import { detectionTable } from "../../../src/coco/reading/detectionTable.js";
import { groundTruthTable } from "../../../src/coco/reading/groundTruthTable.js";
import type { CocoAnnotation } from "../../../src/coco/types.js";

/** The largest square that COCO's masks can have. */
const side = 46_340;
const images = [{ id: 1, file_name: "a.jpg", width: side, height: side }];
const categories = [{ id: 1, name: "thing" }];
const zigzag = Array.from({ length: 10_000 }, (_, point) => [point % 2 === 0 ? 1 : side - 1, point]).flat();
const annotation: CocoAnnotation = {
  id: 1,
  image_id: 1,
  category_id: 1,
  bbox: [1, 1, 5, 5],
  area: 25,
  iscrowd: 0,
  segmentation: [zigzag],
};

describe("OutlineBudget", () => {
  it("refuses an outline of 10,000 edges across a large image at once, and names the annotation", () => {
    const started = performance.now();
    expect(() =>
      groundTruthTable({ images, categories, annotations: [annotation] }, "a.json", "segm"),
    ).toThrow(
      /^a\.json: annotations\[0\]\.segmentation: crosses 463,\d{3},\d{3} columns of pixels, more than the 33,604,432 left for it; expected outlines with fewer or shorter edges, or a smaller image\./,
    );
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("refuses it in detections", () => {
    const table = groundTruthTable({ images, categories, annotations: [] }, "a.json", "segm");
    const detection = { image_id: 1, category_id: 1, score: 1, segmentation: [zigzag] };
    expect(() => detectionTable([detection], table, "d.json", "segm")).toThrow(
      /^d\.json: \[0\]\.segmentation: crosses 463,/,
    );
  });

  it("holds for all rows of a file together, and grows with them", () => {
    const budget = new OutlineBudget();
    for (let row = 0; row < 10_000; row++) budget.spend(53_000, "segmentation");
    expect(() => {
      for (let row = 0; row < 10_000; row++) budget.spend(53_000, "segmentation");
    }).toThrow(/^segmentation: crosses 53,000 columns/);
  });
});
