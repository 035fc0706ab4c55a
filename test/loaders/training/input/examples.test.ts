import { describe, expect, it } from "vitest";
import type { DatasetImage, DetectionDataset } from "../../../../loaders/datasets/dataset.js";
import { augmentBox, drawAugmentation } from "../../../../loaders/training/input/augmentation.js";
import { Batches } from "../../../../loaders/training/input/batches.js";
import { type ExampleSettings, exampleOf, imageOrder } from "../../../../loaders/training/input/examples.js";
import type { CocoAnnotation, CocoBox } from "../../../../src/coco/types.js";
import { retinaNetMatching } from "../../../../src/detection/matcher.js";
import { randomStream } from "../../../../src/network/random.js";

const pixels = { width: 32, height: 32, data: new Uint8Array(32 * 32 * 3) };
const asItIs = {
  flip: false,
  scaleJitter: [1, 1] as [number, number],
  placement: "corner" as const,
  colour: 0,
};

function imageOf(...annotations: (Partial<CocoAnnotation> & { bbox: CocoBox })[]): DatasetImage {
  return {
    id: 1,
    fileName: "1.png",
    width: 32,
    height: 32,
    open: async () => pixels,
    annotations: annotations.map((annotation, index) => ({
      id: index + 1,
      image_id: 1,
      category_id: 5,
      area: annotation.bbox[2] * annotation.bbox[3],
      iscrowd: 0,
      ...annotation,
    })),
  };
}

/** One anchor a quarter of a 32-pixel input, in reading order. */
const settings: ExampleSettings = {
  anchors: Float32Array.of(0, 0, 16, 16, 0, 16, 16, 32, 16, 0, 32, 16, 16, 16, 32, 32),
  inputSize: [32, 32],
  augmentation: asItIs,
  matching: retinaNetMatching,
  channels: new Map([
    [5, 0],
    [9, 3],
  ]),
  seed: 1,
};

function datasetOf(count: number): DetectionDataset {
  const images = Array.from({ length: count }, (_, index) => ({
    ...imageOf(),
    id: index,
    open: async () => ({ ...pixels, data: new Uint8Array(32 * 32 * 3).fill(index) }),
  }));
  return {
    name: "d",
    split: "train",
    hash: "",
    categories: [],
    images,
    coco: { images: [], annotations: [], categories: [] },
  };
}

describe("exampleOf", () => {
  it("gives each box the channel of its category, and leaves crowds and ignored boxes out of the learning", () => {
    const image = imageOf(
      { bbox: [0, 0, 16, 16], category_id: 9 },
      { bbox: [16, 0, 16, 16], iscrowd: 1 },
      { bbox: [0, 16, 16, 16], ignore: 1 },
    );
    const { targets } = exampleOf(image, pixels, 0, settings);
    expect([...targets.classTargets]).toEqual([3, -2, -2, -1]);
    expect([...targets.positives]).toEqual([0]);
    expect([...targets.boxTargets]).toEqual([0, 0, 16, 16]);
  });

  it("tells which channels are not labelled in the image, where its data set says so", () => {
    expect(exampleOf(imageOf(), pixels, 0, settings).targets.unlabelled).toBeUndefined();
    const partly = { ...imageOf(), unlabelled: [9] };
    expect(exampleOf(partly, pixels, 0, settings).targets.unlabelled).toEqual([3]);
  });

  it("keeps what a crop leaves of a box, unless that is less than a quarter", () => {
    const box: CocoBox = [4, 6, 10, 10];
    const jittered = { ...settings, augmentation: { ...asItIs, scaleJitter: [2, 2] as [number, number] } };
    const outcomes = Array.from({ length: 60 }, (_, position) => {
      const placement = drawAugmentation(
        jittered.augmentation,
        pixels,
        [32, 32],
        randomStream(1, "augment", position),
      );
      const [ymin, xmin, ymax, xmax] = augmentBox(box, 32, placement);
      const seen = [Math.max(0, ymin), Math.max(0, xmin), Math.min(32, ymax), Math.min(32, xmax)] as const;
      const [height, width] = [Math.max(0, seen[2] - seen[0]), Math.max(0, seen[3] - seen[1])];
      // Twice the size, 20 by 20 of the input's pixels.
      const kept = height > 1 && width > 1 && height * width >= 0.25 * 20 * 20;
      const { targets } = exampleOf(imageOf({ bbox: box }), pixels, position, jittered);
      expect(targets.positives.length > 0).toBe(kept);
      if (kept) expect([...targets.boxTargets.subarray(0, 4)]).toEqual([...seen]);
      return kept;
    });
    expect(new Set(outcomes)).toEqual(new Set([true, false]));
  });

  it("is the same for the same position of a run, and another for another", () => {
    const augmented = {
      ...settings,
      augmentation: { ...asItIs, scaleJitter: [0.5, 2] as [number, number], colour: 0.5 },
    };
    const grey = { ...pixels, data: new Uint8Array(32 * 32 * 3).fill(99) };
    const at = (position: number) => exampleOf(imageOf({ bbox: [0, 0, 16, 16] }), grey, position, augmented);
    expect(at(4)).toEqual(at(4));
    expect(at(4).pixels).not.toEqual(at(5).pixels);
  });
});

describe("imageOrder", () => {
  it("shows each image once a pass, each pass in an order of its own", () => {
    const order = imageOrder(datasetOf(20), 1);
    const passes = [0, 1, 2].map((pass) =>
      Array.from({ length: 20 }, (_, index) => order(pass * 20 + index)),
    );
    for (const pass of passes) expect([...pass].sort((a, b) => a - b)).toEqual([...Array(20).keys()]);
    expect(new Set(passes.map(String)).size).toBe(3);
  });

  it("depends on seed and position alone", () => {
    const order = imageOrder(datasetOf(20), 1);
    const positions = [45, 3, 60, 3, 44, 19, 20];
    expect(positions.map(order)).toEqual(positions.map((position) => imageOrder(datasetOf(20), 1)(position)));
    const of = (seed: number) =>
      Array.from({ length: 20 }, (_, index) => imageOrder(datasetOf(20), seed)(index));
    expect(of(1)).not.toEqual(of(2));
  });
});

describe("batches", () => {
  it("show the images in order, wherever a run is taken up, and however often a pass ends within a batch", async () => {
    const dataset = datasetOf(5);
    const order = imageOrder(dataset, 1);
    const shown = async (batches: Batches, step: number) =>
      // A grey of this value, as the normalisation leaves its red.
      (await batches.at(step)).map((example) =>
        Math.abs(Math.round((example.pixels[0]! * 0.229 + 0.485) * 255)),
      );
    const batches = new Batches(dataset, settings, 7);
    const steps = [];
    for (let step = 0; step < 4; step++) steps.push(await shown(batches, step));
    expect(steps.flat()).toEqual(Array.from({ length: 28 }, (_, position) => order(position)));
    expect(await shown(new Batches(dataset, settings, 7), 2)).toEqual(steps[2]);
  });

  it("tell of an image that cannot be read when its batch is asked for", async () => {
    const dataset = datasetOf(2);
    const broken = {
      ...dataset,
      images: dataset.images.map((image) => ({
        ...image,
        open: async () => {
          throw new Error(`${image.id}.png is damaged`);
        },
      })),
    };
    await expect(new Batches(broken, settings, 1).at(0)).rejects.toThrow(".png is damaged");
  });
});
