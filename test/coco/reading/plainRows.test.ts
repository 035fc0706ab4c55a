import fc from "fast-check";
import { is } from "valibot";
import { describe, expect, it } from "vitest";
import {
  isPlainAnnotation,
  isPlainBoxResult,
  isPlainImage,
  isPlainMaskedAnnotation,
  isPlainMaskResult,
  type UncheckedRow,
} from "../../../src/coco/reading/plainRows.js";
import {
  annotationSchema,
  detectionSchema,
  imageSchema,
  maskedAnnotationSchema,
  maskResultSchema,
} from "../../../src/coco/reading/schemas.js";

const sometimes = (good: unknown, ...bad: unknown[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
const id = sometimes(1, 1.5, "1", null, undefined, Number.NaN, 2 ** 53);
const number = sometimes(0.5, "1", null, undefined, Number.NaN, Number.POSITIVE_INFINITY);
const flag = sometimes(1, undefined, 0, 2, true, "0", null);
const text = sometimes("a", "", 1, null, undefined);
const pixels = sometimes(3, 0, -1, 2.5, "3", undefined);
const box = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(number, number, number, number) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(undefined, null, [], [1, 2, 3], [1, 2, 3, 4, 5], "box", {}),
  },
);
const segmentation = fc.oneof(
  fc.array(fc.oneof(fc.array(number), fc.constantFrom(null, "outline"))),
  fc.record(
    { size: fc.array(pixels, { minLength: 1, maxLength: 3 }), counts: fc.oneof(fc.array(number), text) },
    { requiredKeys: [] },
  ),
  fc.constantFrom(undefined, null, 5, "mask"),
);
const row: fc.Arbitrary<UncheckedRow | null> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 40,
    arbitrary: fc.record({
      id,
      image_id: id,
      category_id: id,
      bbox: box,
      area: sometimes(2, undefined, 0, -1, "2", Number.NaN),
      iscrowd: flag,
      ignore: flag,
      segmentation,
      score: number,
      file_name: sometimes("a.jpg", undefined, "", 5),
      width: pixels,
      height: pixels,
    }),
  },
);

describe("plain rows", () => {
  it.each([
    ["images", isPlainImage, imageSchema],
    ["annotations", isPlainAnnotation, annotationSchema],
    ["annotations with masks", isPlainMaskedAnnotation, maskedAnnotationSchema],
    ["results with boxes", isPlainBoxResult, detectionSchema],
  ] as const)("are just the rows that the schema takes, for %s", (_, isPlain, schema) => {
    const seen = { plain: 0, refused: 0 };
    fc.assert(
      fc.property(row, (row) => {
        const plain = isPlain(row);
        seen[plain ? "plain" : "refused"]++;
        expect(plain).toBe(is(schema, row));
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(seen.plain, seen.refused)).toBeGreaterThan(30);
  });

  it("are just the rows that the schema takes, for results with masks, but for empty boxes", () => {
    fc.assert(
      fc.property(row, (row) => {
        const isEmptyBox = Array.isArray(row?.bbox) && row.bbox.length === 0;
        expect(isPlainMaskResult(row) || (isEmptyBox && is(maskResultSchema, row))).toBe(
          is(maskResultSchema, row),
        );
      }),
      { numRuns: 3000 },
    );
  });
});
