import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectionTable } from "../../../src/coco/reading/detectionTable.js";
import { groundTruthTable } from "../../../src/coco/reading/groundTruthTable.js";
import { readDetections } from "../../../src/coco/reading/readDetections.js";
import { chunksOf } from "./chunks.js";

const groundTruth = groundTruthTable(
  {
    images: [1, 2, 3].map((id) => ({ id, file_name: `${id}.jpg`, width: 6, height: 5 })),
    annotations: [],
    categories: [
      { id: 4, name: "cat" },
      { id: 8, name: "dog" },
    ],
  },
  "a.json",
  "bbox",
);
const row = { image_id: 1, category_id: 4, bbox: [1, 2, 3, 2], score: 0.5 };

describe("readDetections", () => {
  it("makes the columns that the parsed rows make, wherever the file is cut", async () => {
    const side = fc.double({ noNaN: true, min: 0, max: 6 });
    const result = fc.record({
      image_id: fc.constantFrom(1, 2, 3),
      category_id: fc.constantFrom(4, 8, 9),
      bbox: fc.tuple(side, side, side, side),
      score: fc.double({ noNaN: true, noDefaultInfinity: true }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(result),
        fc.array(fc.nat(2000)),
        fc.constantFrom("bbox" as const, "segm" as const),
        async (results, cuts, iouType) => {
          const chunks = chunksOf(JSON.stringify(results), cuts);
          const { table } = await readDetections(chunks, groundTruth, "d.json", iouType);
          // JSON has no −0.
          const expected = JSON.parse(JSON.stringify(results));
          expect(table).toEqual(detectionTable(expected, groundTruth, "d.json", iouType));
        },
      ),
    );
  });

  it("counts the rows of categories the ground truth does not have, ascending", async () => {
    const rows = [row, { ...row, category_id: 12 }, { ...row, category_id: 5 }, { ...row, category_id: 12 }];
    const { unknownCategories } = await readDetections(
      chunksOf(JSON.stringify(rows)),
      groundTruth,
      "d.json",
      "bbox",
    );
    expect([...unknownCategories]).toEqual([
      [5, 1],
      [12, 2],
    ]);
  });

  it.each([
    [
      "a score that Python wrote as NaN",
      '[{"image_id": 1, "category_id": 4, "bbox": [1, 2, 3, 2], "score": 0.5}, ' +
        '{"image_id": 1, "category_id": 4, "bbox": [1, 2, 3, 2], "score": NaN}]',
      "d.json: [1].score: is NaN; expected a finite number.",
    ],
    [
      "an infinite width",
      '[{"image_id": 1, "category_id": 4, "bbox": [1, 2, Infinity, 2], "score": 0.5}]',
      "d.json: [0].bbox[2]: is Infinity; expected four finite numbers, [x, y, width, height] in pixels.",
    ],
    [
      "an unknown image, after thousands of good rows",
      JSON.stringify([...Array.from({ length: 4000 }, () => row), { ...row, image_id: 9 }]),
      "d.json: [4000].image_id: no image of the annotations has the id 9; " +
        "detections and annotations must be of the same split.",
    ],
    ["a number in place of a row", "[5]", "d.json: [0]: is 5; expected an object."],
  ])("refuses %s, naming row and field", async (_, text, message) => {
    await expect(readDetections(chunksOf(text), groundTruth, "d.json", "bbox")).rejects.toThrow(
      new Error(message),
    );
  });

  it("minds NaN only in what it reads", async () => {
    const text = '[{"image_id": 1, "category_id": 4, "bbox": [1, 2, 3, 2], "score": 0.5, "spread": NaN}]';
    const { table } = await readDetections(chunksOf(text), groundTruth, "d.json", "bbox");
    expect([...table.scores]).toEqual([0.5]);
  });
});
