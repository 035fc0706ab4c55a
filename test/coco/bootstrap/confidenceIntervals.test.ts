import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, it } from "vitest";
import {
  bootstrap,
  bootstrapPair,
  bootstrapSamples,
} from "../../../src/coco/bootstrap/confidenceIntervals.js";
import { evaluate } from "../../../src/coco/evaluate.js";
import { detectionTable } from "../../../src/coco/reading/detectionTable.js";
import { groundTruthTable } from "../../../src/coco/reading/groundTruthTable.js";
import type { CocoDataset, CocoResult } from "../../../src/coco/types.js";
import { readReferenceCases } from "../referenceCases.js";
import { detectionsOf, groundTruthOf } from "../tables.js";

/** But for those that cannot be written with images repeated: an id 0 cannot stand twice, a data set has an image. */
const cases = readReferenceCases().filter(
  ({ dataset, options }) => dataset.annotations.every(({ id }) => id !== 0) && options.imageIds?.length !== 0,
);

describe("bootstrap, beside evaluating what was drawn", () => {
  it.each(cases)("gives the same AP and AP50 for $name", ({ dataset, results, iouType, options }) => {
    const { areaRanges: _, recallThresholds: __, imageIds, ...rest } = options;
    const groundTruth = groundTruthTable(dataset, "annotations", iouType);
    const detections = detectionTable(results, groundTruth, "detections", iouType);
    for (let seed = 0; seed < 3; seed++) {
      const drawn = draw(dataset, seed, imageIds);
      const repeated = repeat(dataset, results, drawn);
      const expected = evaluate(repeated.dataset, repeated.results, iouType, rest).stats;
      const [precisions] = bootstrapSamples(groundTruth, [detections], iouType, {
        ...rest,
        imageIds,
        rounds: 1,
        seed,
      });
      const { ap, ap50 } = precisions![1]!;
      expect(Number.isNaN(ap) ? -1 : ap).toBeCloseTo(expected[0]!, 12);
      expect(Number.isNaN(ap50) ? -1 : ap50).toBeCloseTo(expected[1]!, 12);
    }
    const { stats } = evaluate(dataset, results, iouType, { ...rest, imageIds });
    const { ap } = bootstrap(groundTruth, detections, iouType, { ...rest, imageIds, rounds: 1 });
    if (ap !== undefined) expect(ap.value).toBeCloseTo(stats[0]!, 12);
  });
});

describe("bootstrap", () => {
  // Two images with an object each; only the first image's is found.
  const groundTruth = groundTruthOf([{ image: 0 }, { image: 1 }], { images: 2 });
  const detections = detectionsOf([{ image: 0 }]);

  it("reaches as far to one side as draws miss the value on the other, between 0 and 1", () => {
    // Drawn are the first twice (AP 1), the second twice (0), or both (51 of the 101 recalls are at most 1/2), so of
    // many rounds a quarter, a quarter and a half. 2 × 51/101 − 1 is 1/101, and 2 × 51/101 − 0 is above 1.
    const { ap, ap50 } = bootstrap(groundTruth, detections, "bbox", { level: 0.9 });
    const expected = { value: expect.closeTo(51 / 101, 12), low: expect.closeTo(1 / 101, 12), high: 1 };
    expect({ ap, ap50 }).toEqual({ ap: expected, ap50: expected });
    const half = bootstrap(groundTruth, detections, "bbox", { level: 0.4 });
    expect(half.ap?.low).toBeCloseTo(51 / 101, 12);
    expect(half.ap?.high).toBeCloseTo(51 / 101, 12);
  });

  it("gives the same for the same seed, and else not", () => {
    const { dataset, results } = cases.find(({ name }) => name.startsWith("more images"))!;
    const table = groundTruthTable(dataset, "annotations", "bbox");
    const found = detectionTable(results, table, "detections", "bbox");
    const of = (seed: number) => bootstrap(table, found, "bbox", { seed, rounds: 50 });
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  it("tells which part is done", () => {
    const parts: number[] = [];
    bootstrap(groundTruth, detections, "bbox", { rounds: 4, onProgress: (part) => parts.push(part) });
    expect(parts).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it("has no interval where there is no object, and none of AP50 without 0.5", () => {
    expect(bootstrap(groundTruthOf([]), detections, "bbox")).toEqual({ ap: undefined, ap50: undefined });
    const at75 = bootstrap(groundTruth, detections, "bbox", { iouThresholds: [0.75], rounds: 1 });
    expect(at75.ap?.value).toBeCloseTo(51 / 101, 12);
    expect(at75.ap50).toBeUndefined();
  });

  it("refuses rounds, seeds and levels that make no sense", () => {
    const of = (options: object) => () => bootstrap(groundTruth, detections, "bbox", options);
    expect(of({ rounds: 0 })).toThrow("rounds: is 0; expected a whole number of rounds above 0.");
    expect(of({ seed: 0.5 })).toThrow("seed: is 0.5; expected a whole number.");
    expect(of({ level: 95 })).toThrow("level: is 95; expected a number between 0 and 1, such as 0.95.");
  });
});

describe("bootstrapPair", () => {
  const groundTruth = groundTruthOf([{ image: 0 }, { image: 1 }], { images: 2 });

  it("measures both on the same images, so that a difference in each image alike is sure", () => {
    // The second detector finds what the first finds, behind a wrong detection in each image: precision 1/2.
    const first = detectionsOf([{ image: 0 }, { image: 1 }]);
    const wrong = { box: [50, 50, 10, 10], score: 1 } as const;
    const second = detectionsOf([
      { image: 0, ...wrong },
      { image: 1, ...wrong },
      { image: 0, score: 0.5 },
      { image: 1, score: 0.5 },
    ]);
    const { difference } = bootstrapPair(groundTruth, [first, second], "bbox", { rounds: 100 });
    for (const number of Object.values(difference.ap!)) expect(number).toBeCloseTo(1 / 2, 12);
  });

  it("gives each detector the interval it has alone, and swapped the opposite difference", () => {
    const first = detectionsOf([{ image: 0 }]);
    const second = detectionsOf([{ image: 1 }]);
    const pair = bootstrapPair(groundTruth, [first, second], "bbox", { rounds: 60 });
    expect(pair.first).toEqual(bootstrap(groundTruth, first, "bbox", { rounds: 60 }));
    expect(pair.second).toEqual(bootstrap(groundTruth, second, "bbox", { rounds: 60 }));
    const swapped = bootstrapPair(groundTruth, [second, first], "bbox", { rounds: 60 });
    expect(swapped.difference.ap50?.low).toBeCloseTo(-pair.difference.ap50!.high, 12);
    expect(pair.difference.ap?.value).toBe(0);
    expect(pair.difference.ap?.high).toBeCloseTo(1, 12);
  });
});

/** Which images the first round of a seed draws. */
function draw({ images }: CocoDataset, seed: number, imageIds?: readonly number[]): number[] {
  const ids = images
    .map(({ id }) => id)
    .filter((id) => imageIds?.includes(id) !== false)
    .sort((a, b) => a - b);
  const generator = xoroshiro128plus(seed);
  return ids.map(() => ids[uniformInt(generator, 0, ids.length - 1)]!);
}

/** The data set in which an image stands as often as it was drawn, each time with an id of its own. */
function repeat(
  { images, annotations, categories }: CocoDataset,
  results: readonly CocoResult[],
  drawn: number[],
) {
  const copies = [...drawn].sort((a, b) => a - b).map((id, index) => ({ id, copy: index + 1 }));
  let next = 1;
  return {
    dataset: {
      images: copies.map(({ id, copy }) => ({ ...images.find((image) => image.id === id)!, id: copy })),
      annotations: copies.flatMap(({ id, copy }) =>
        annotations
          .filter(({ image_id }) => image_id === id)
          .map((annotation) => ({ ...annotation, id: next++, image_id: copy })),
      ),
      categories,
    },
    results: copies.flatMap(({ id, copy }) =>
      results.filter(({ image_id }) => image_id === id).map((row) => ({ ...row, image_id: copy })),
    ),
  };
}
