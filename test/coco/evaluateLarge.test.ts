import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../src/coco/evaluate.js";
import { digestOf, largeSet } from "./largeSet.js";
import { type CurveName, expectWithin, referenceCurves } from "./referenceCases.js";

interface Expected {
  readonly stats: readonly number[];
  readonly categoryIds: readonly number[];
  readonly perCategoryAP: readonly number[];
  readonly sha256: Readonly<Record<CurveName, string>>;
}

const reference: {
  readonly annotations: number;
  readonly detections: number;
  readonly sha256: string;
  readonly expected: Readonly<Record<"each category" | "whatever category", Expected>>;
} = JSON.parse(readFileSync(new URL("../reference/cocoLarge.json", import.meta.url), "utf8"));

const set = largeSet();

describe("evaluate, beside pycocotools on 1,000 images of 80 categories", () => {
  it("is asked about the same data, with crowds, ties and more than 100 detections of a category in some images", () => {
    expect(set.dataset.annotations).toHaveLength(reference.annotations);
    expect(set.detections).toHaveLength(reference.detections);
    expect(digestOf(set)).toBe(reference.sha256);

    const ofOne = new Map<string, number>();
    for (const { image_id, category_id } of set.detections) {
      const key = `${image_id} ${category_id}`;
      ofOne.set(key, (ofOne.get(key) ?? 0) + 1);
    }
    expect([...ofOne.values()].filter((count) => count > 100)).toHaveLength(10);
    expect(set.dataset.annotations.filter(({ iscrowd }) => iscrowd === 1).length).toBeGreaterThan(200);
  });

  it.each([
    ["each category", false],
    ["whatever category", true],
  ] as const)("gives the same curves and numbers of %s", (name, classAgnostic) => {
    const expected = reference.expected[name];
    const result = evaluate(set.dataset, set.detections, "bbox", { classAgnostic });

    expect(result.categoryIds).toEqual(expected.categoryIds);
    expectWithin(result.stats, expected.stats, 1e-12);
    expectWithin(result.perCategoryAP, expected.perCategoryAP, 1e-12);
    for (const curve of referenceCurves) {
      expect(createHash("sha256").update(result[curve]).digest("hex"), curve).toBe(expected.sha256[curve]);
    }
  });
});
