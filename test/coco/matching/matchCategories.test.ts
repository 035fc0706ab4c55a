import { describe, expect, it } from "vitest";
import type { CategoryMatches } from "../../../src/coco/matching/categoryMatches.js";
import { matchCategories } from "../../../src/coco/matching/matchCategories.js";
import { evaluationParameters } from "../../../src/coco/parameters.js";
import { detectionsOf, groundTruthOf } from "../tables.js";

const far = [500, 400, 10, 10] as const;
const groundTruth = groundTruthOf(
  [{ image: 2 }, { image: 0 }, { image: 0, box: far, crowd: 1 }, { image: 1, category: 1 }],
  { images: 4, categories: 2 },
);
const detections = detectionsOf([
  { image: 2, score: 0.5 },
  { image: 0, score: 0.5, box: far },
  { image: 0, score: 0.9 },
  { image: 3, score: 0.7 },
  { image: 0, score: 0.5 },
  { image: 0, category: -1, score: 1 },
]);
const parameters = evaluationParameters({ iouThresholds: [0.5], maxDets: [1, 3] });

/** The views last until the next category. */
function written({ ranges, ...matches }: CategoryMatches) {
  const listed = (columns: object) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, value]) => [
        name,
        ArrayBuffer.isView(value) && "length" in value ? Array.from(Object.values(value)) : value,
      ]),
    );
  return { ...listed(matches), all: listed(ranges[0]!) };
}

describe("matchCategories", () => {
  it("lays a category's detections out by image and rank, and orders them over all images", () => {
    const [first] = Array.from(matchCategories(groundTruth, detections, "bbox", parameters), written);
    expect(first).toEqual({
      category: 0,
      categoryId: 1,
      length: 5,
      // Image 0: rows 2 (0.9), 1 and 4 (0.5 both, in the file's order); image 2: row 0; image 3: row 3.
      rows: [2, 1, 4, 0, 3],
      image: [0, 0, 0, 2, 3],
      rank: [0, 1, 2, 0, 0],
      scores: [0.9, 0.5, 0.5, 0.5, 0.7],
      // 0.9, 0.7, then the 0.5s of image 0 before that of image 2.
      order: [0, 4, 1, 2, 3],
      images: [0, 2, 3],
      // Row 2 finds the object, row 1 the crowd (bits 0 and 16), row 4 comes late, row 0 finds its own, row 3 nothing.
      all: { outcomes: [1, 0x10001, 0, 1, 0], positives: 2, positivesByImage: [1, 1, 0] },
    });
  });

  it("names an image that has objects and no detection", () => {
    const [, second] = Array.from(matchCategories(groundTruth, detections, "bbox", parameters), written);
    expect(second).toMatchObject({ category: 1, categoryId: 2, length: 0, images: [1] });
    expect(second).toMatchObject({ all: { outcomes: [], positives: 1, positivesByImage: [1] } });
  });

  it("keeps of each image the detections that count at the largest number", () => {
    const one = evaluationParameters({ iouThresholds: [0.5], maxDets: [1] });
    const [first] = Array.from(matchCategories(groundTruth, detections, "bbox", one), written);
    expect(first).toMatchObject({ rows: [2, 0, 3], order: [0, 2, 1] });
  });

  it("takes all categories as one when told to", () => {
    const agnostic = { ...parameters, classAgnostic: true };
    const all = Array.from(matchCategories(groundTruth, detections, "bbox", agnostic), written);
    expect(all).toHaveLength(1);
    // Of the category the ground truth does not have, row 5, nothing counts here either.
    expect(all[0]).toMatchObject({ categoryId: -1, rows: [2, 1, 4, 0, 3], images: [0, 1, 2, 3] });
  });

  it("measures masks where told to", () => {
    // Down a column of 4 pixels: the object has the upper two, the first detection the lower three and the second
    // the upper three. Overlaps: 1 of 4 pixels, and 2 of 3.
    const mask = (...counts: number[]) => ({ height: 4, width: 1, counts: Uint32Array.from(counts) });
    const truths = { ...groundTruthOf([{}]), masks: [mask(0, 2, 2)] };
    const found = { ...detectionsOf([{}, {}]), masks: [mask(1, 3), mask(0, 3, 1)] };
    const [first] = Array.from(matchCategories(truths, found, "segm", parameters), written);
    expect(first).toMatchObject({ all: { outcomes: [0, 1] } });
  });

  it("refuses to measure masks of a table that has none", () => {
    expect(() => [...matchCategories(groundTruth, detections, "segm", parameters)]).toThrow(
      'The ground truth table has no masks; to evaluate masks, read it with the IoU type "segm".',
    );
  });
});
