import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { EvaluationParameters } from "../../src/coco/parameters.js";
import type { CocoBox, CocoDataset, CocoResult, CocoSegmentation, IouType } from "../../src/coco/types.js";

export const referenceCurves = ["precision", "recall", "scores"] as const;
export type CurveName = (typeof referenceCurves)[number];

type Flag = 0 | 1;

/** A data set as test/reference/cocoData.py writes it. */
interface ReferenceData {
  readonly size: readonly [width: number, height: number];
  readonly images: readonly number[];
  readonly categories: readonly number[];
  readonly annotations: readonly (readonly [
    id: number,
    image: number,
    category: number,
    box: CocoBox,
    area: number,
    iscrowd: Flag,
    ignore: Flag,
    segmentation?: CocoSegmentation,
  ])[];
  readonly detections: readonly (readonly [
    image: number,
    category: number,
    box: CocoBox | null,
    score: number,
    segmentation?: CocoSegmentation | null,
  ])[];
}

interface WrittenCase {
  readonly name: string;
  readonly iouType: IouType;
  readonly options: Partial<EvaluationParameters>;
  readonly expected: {
    readonly stats: readonly number[];
    readonly categoryIds: readonly number[];
    readonly perCategoryAP: readonly number[];
    readonly sha256: Readonly<Record<CurveName, string>>;
    readonly curves?: Readonly<Record<CurveName, readonly number[]>>;
  };
}

export interface ReferenceCase extends WrittenCase {
  readonly dataset: CocoDataset;
  readonly results: readonly CocoResult[];
}

/** Small data sets and what pycocotools says about them; test/reference/coco.py wrote them. */
export function readReferenceCases(): ReferenceCase[] {
  const written: (WrittenCase & (ReferenceData | { readonly dataOf: string }))[] = JSON.parse(
    readFileSync(new URL("../reference/coco.json", import.meta.url), "utf8"),
  );
  const sets = new Map<string, ReferenceData>();
  return written.map((one) => {
    if (!("dataOf" in one)) sets.set(one.name, one);
    const data = sets.get("dataOf" in one ? one.dataOf : one.name);
    if (data === undefined)
      throw new Error(`coco.json: ${one.name}: the data set it shares does not come before it.`);
    return { ...one, dataset: datasetOf(data), results: resultsOf(data) };
  });
}

function datasetOf({ size: [width, height], images, categories, annotations }: ReferenceData): CocoDataset {
  return {
    images: images.map((id) => ({ id, file_name: `${id}.jpg`, width, height })),
    categories: categories.map((id) => ({ id, name: String(id) })),
    annotations: annotations.map(([id, image_id, category_id, bbox, area, iscrowd, ignore, segmentation]) => {
      return {
        id,
        image_id,
        category_id,
        bbox,
        area,
        iscrowd,
        ignore,
        ...(segmentation && { segmentation }),
      };
    }),
  };
}

function resultsOf({ detections }: ReferenceData): CocoResult[] {
  return detections.map(([image_id, category_id, bbox, score, segmentation]) => {
    return { image_id, category_id, score, ...(bbox && { bbox }), ...(segmentation && { segmentation }) };
  });
}

export function expectWithin(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) {
    expect(Math.abs(actual[index]! - value), `number ${index}`).toBeLessThanOrEqual(tolerance);
  }
}
