import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groundTruthTable } from "../../../src/coco/reading/groundTruthTable.js";
import { readGroundTruth } from "../../../src/coco/reading/readGroundTruth.js";
import type { CocoDataset } from "../../../src/coco/types.js";
import { chunksOf } from "./chunks.js";

const dataset: CocoDataset = {
  images: [3, 1, 2].map((id) => ({ id, file_name: `fotos/größe ${id}.jpg`, width: 6, height: 5 })),
  annotations: [1, 3, 2, 1].map((image_id, index) => ({
    id: 10 - index,
    image_id,
    category_id: index % 2 === 0 ? 8 : 4,
    bbox: [index, 0.5, 2, 3],
    area: 5.25,
    iscrowd: index === 2 ? 1 : 0,
    segmentation: index === 2 ? { size: [5, 6], counts: [3, 4, 23] } : [[index, 0, index + 2, 0, index, 4]],
  })),
  categories: [
    { id: 8, name: "dog", supercategory: "animal" },
    { id: 4, name: 'a "cat"' },
  ],
};

describe("readGroundTruth", () => {
  it.each(["bbox", "segm"] as const)(
    "makes the columns that the parsed data set makes, in whatever order its fields come (%s)",
    async (iouType) => {
      const expected = groundTruthTable(dataset, "a.json", iouType);
      const fields = [...Object.entries(dataset), ["info", { images: [{}], year: 2017 }]];
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(fields, { minLength: fields.length }),
          fc.array(fc.nat(1200)),
          async (fields, cuts) => {
            const text = JSON.stringify(Object.fromEntries(fields), null, 1);
            const { table, skipped, odd } = await readGroundTruth(chunksOf(text, cuts), "a.json", iouType);
            expect(table).toEqual(expected);
            expect([skipped.count, odd.count]).toEqual([0, 0]);
          },
        ),
        { numRuns: 50 },
      );
    },
  );

  const changed = (change: object) =>
    chunksOf(
      JSON.stringify({
        ...dataset,
        annotations: [dataset.annotations[0], { ...dataset.annotations[1], ...change }],
      }),
    );

  it("leaves out what makes no sense when asked to, and says so", async () => {
    const { table, skipped } = await readGroundTruth(changed({ image_id: 9 }), "a.json", "bbox", {
      invalid: "skip",
    });
    expect([...table.ids]).toEqual([10]);
    expect(skipped).toEqual({ count: 1, first: "annotations[1].image_id: no image has the id 9" });
  });

  it.each([
    ["text for a category", { category_id: "4" }, 'is "4"; expected the id of a category, a whole number.'],
    ["an image that does not exist", { image_id: 9 }, "no image has the id 9."],
  ])("refuses %s, naming file, index and field", async (_, change, message) => {
    const field = Object.keys(change)[0];
    await expect(readGroundTruth(changed(change), "a.json", "bbox")).rejects.toThrow(
      `a.json: annotations[1].${field}: ${message}`,
    );
  });

  it("tells how much was read", async () => {
    const text = JSON.stringify(dataset);
    const told: number[] = [];
    await readGroundTruth(chunksOf(text, [100]), "a.json", "bbox", {
      onProgress: (bytes) => told.push(bytes),
    });
    expect(told).toEqual([100, new TextEncoder().encode(text).length]);
  });
});
