import { describe, expect, it } from "vitest";
import { DetectionTableBuilder, detectionTable } from "../../../src/coco/reading/detectionTable.js";
import { groundTruthTable } from "../../../src/coco/reading/groundTruthTable.js";
import type { CocoResult } from "../../../src/coco/types.js";

const groundTruth = groundTruthTable(
  {
    images: [
      { id: 7, file_name: "photos/7.jpg", width: 4, height: 3 },
      { id: 2, file_name: "2.jpg", width: 2, height: 2 },
    ],
    annotations: [],
    categories: [
      { id: 9, name: "cat" },
      { id: 3, name: "dog" },
    ],
  },
  "a.json",
  "bbox",
);
const row: CocoResult = { image_id: 7, category_id: 9, bbox: [0.5, 0, 2, 1.25], score: 0.75 };
const { bbox: _, ...boxless } = row;
/**
 * Of the big image's 3 × 4 pixels, column by column: the third of the first column, all three of the second, the
 * first of the third; so five pixels within a box at [0, 0] of 3 × 3.
 */
const mask = { size: [3, 4], counts: [2, 5, 5] } as const;

describe("detectionTable", () => {
  it("keeps rows in the file's order, mapped to the ground truth's images and categories", () => {
    const other: CocoResult = { image_id: 2, category_id: 3, bbox: [0, 1, 2, 0], score: -1 };
    expect(detectionTable([row, other], groundTruth, "d.json", "bbox")).toEqual({
      length: 2,
      image: Int32Array.of(1, 0),
      category: Int32Array.of(1, 0),
      scores: Float64Array.of(0.75, -1),
      boxes: Float64Array.of(0.5, 0, 2, 1.25, 0, 1, 2, 0),
      // 2 × 1.25 and 2 × 0.
      areas: Float64Array.of(2.5, 0),
    });
  });

  it("has no rows where there are none", () => {
    expect(detectionTable([], groundTruth, "d.json", "segm")).toMatchObject({ length: 0, masks: [] });
  });

  it("takes area and box of the mask where a row has no box, or an empty one", () => {
    const builder = new DetectionTableBuilder(groundTruth, "d.json", "bbox");
    builder.add([
      { ...boxless, segmentation: mask },
      { ...boxless, segmentation: mask, bbox: [] },
    ]);
    const { boxes, areas, masks } = builder.build();
    expect([...boxes]).toEqual([0, 0, 3, 3, 0, 0, 3, 3]);
    expect([...areas]).toEqual([5, 5]);
    expect(masks).toBeUndefined();
  });

  it("takes area and box of the box where a row has both, whichever are measured", () => {
    const both: CocoResult = { ...row, segmentation: mask };
    for (const iouType of ["bbox", "segm"] as const) {
      const { boxes, areas } = detectionTable([both], groundTruth, "d.json", iouType);
      expect([...boxes]).toEqual([0.5, 0, 2, 1.25]);
      expect([...areas]).toEqual([2.5]);
    }
    expect(detectionTable([both], groundTruth, "d.json", "segm").masks).toEqual([
      { height: 3, width: 4, counts: Uint32Array.of(2, 5, 5) },
    ]);
  });

  it("decides row by row, and covers the box of a row without a mask where masks are measured", () => {
    const rows: CocoResult[] = [
      { ...boxless, segmentation: mask },
      { ...boxless, bbox: [1, 0, 2, 2] },
    ];
    const { masks, areas } = detectionTable(rows, groundTruth, "d.json", "segm");
    // The upper two pixels of the second and third column.
    expect(masks![1]).toEqual({ height: 3, width: 4, counts: Uint32Array.of(3, 2, 1, 2, 4) });
    expect([...areas]).toEqual([5, 4]);
  });

  it("keeps rows of unknown categories, counts them by category and gives them the index −1", () => {
    const builder = new DetectionTableBuilder(groundTruth, "d.json", "bbox");
    builder.add([row, { ...row, category_id: 4 }, { ...row, category_id: 12 }, { ...row, category_id: 4 }]);
    expect([...builder.build().category]).toEqual([1, -1, -1, -1]);
    expect(builder.unknownCategories).toEqual(
      new Map([
        [4, 2],
        [12, 1],
      ]),
    );
  });

  it("takes a row that names its image's file, in whatever folder", () => {
    expect(detectionTable([{ ...row, file_name: "C:\\7.jpg" }], groundTruth, "d.json", "bbox").length).toBe(
      1,
    );
  });

  const four = "expected four finite numbers, [x, y, width, height] in pixels.";
  it.each<[what: string, iouType: "bbox" | "segm", second: object | null, message: string]>([
    ["null", "bbox", null, "is null; expected an object."],
    ["a score that is text", "bbox", { ...row, score: "1" }, '.score: is "1"; expected a finite number.'],
    [
      "a score that is NaN",
      "segm",
      { ...row, score: Number.NaN },
      ".score: is NaN; expected a finite number.",
    ],
    [
      "an image id that is no whole number",
      "bbox",
      { ...row, image_id: 0.5 },
      ".image_id: is 0.5; expected the id of an image, a whole number.",
    ],
    [
      "an unknown image",
      "bbox",
      { ...row, image_id: 4 },
      ".image_id: no image of the annotations has the id 4; detections and annotations must be of the same split.",
    ],
    [
      "a mask in an unknown image",
      "segm",
      { ...boxless, image_id: 4, segmentation: mask },
      ".image_id: no image of the annotations has the id 4; detections and annotations must be of the same split.",
    ],
    [
      "another file than its image's",
      "bbox",
      { ...row, file_name: "2.jpg" },
      `.file_name: is "2.jpg", but the annotations' image 7 is "photos/7.jpg"; give each row the id that ` +
        "its file has in the annotations, or use the evaluate command, which does.",
    ],
    [
      "a negative size",
      "bbox",
      { ...row, bbox: [3, 2, -1, 1] },
      ".bbox: [3, 2, -1, 1] has a negative size; a box is [x, y, width, height], not two corners.",
    ],
    ["a box of three", "bbox", { ...row, bbox: [1, 2, 3] }, `.bbox[3]: missing; ${four}`],
    ["neither box nor mask", "bbox", boxless, `.bbox: missing; ${four}`],
    [
      "neither mask nor box",
      "segm",
      boxless,
      ".segmentation: missing; expected outlines, [[x1, y1, x2, y2, …], …] in pixels, or run lengths, {size, counts}.",
    ],
    [
      "a mask that is text",
      "segm",
      { ...row, segmentation: "mask" },
      '.segmentation: is "mask"; expected outlines, [[x1, y1, x2, y2, …], …] in pixels, or run lengths, {size, counts}.',
    ],
    [
      "text in an outline",
      "segm",
      { ...row, segmentation: [[0, 0, 1, "1", 1, 0]] },
      '.segmentation[0][3]: is "1"; expected outlines, [[x1, y1, x2, y2, …], …] in pixels, or run lengths, {size, counts}.',
    ],
    [
      "a mask without run lengths",
      "segm",
      { ...row, segmentation: { size: [3, 4] } },
      ".segmentation.counts: missing; expected run lengths, a string or an array of numbers.",
    ],
    [
      "run lengths that do not sum to the image's pixels",
      "bbox",
      { ...boxless, segmentation: { size: [3, 4], counts: [2, 5, 6] } },
      ".segmentation.counts: sum to 13, expected 4 × 3 = 12.",
    ],
    [
      "a mask of another size than its image",
      "segm",
      { ...row, segmentation: { size: [4, 3], counts: [2, 5, 5] } },
      ".segmentation.size: is [4, 3], expected the image's height and width, [3, 4].",
    ],
  ])("refuses %s (%s), naming row and field", (_, iouType, second, message) => {
    const builder = new DetectionTableBuilder(groundTruth, "d.json", iouType);
    const first = { ...row, segmentation: mask };
    builder.add([first]);
    const place = message.startsWith(".") ? "d.json: [1]" : "d.json: [1]: ";
    expect(() => builder.add([second])).toThrow(new Error(place + message));
  });
});
