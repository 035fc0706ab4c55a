import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { firstImages } from "../../../loaders/datasets/firstImages.js";
import { generateDataset } from "../../../loaders/datasets/scenes/generateDataset.js";
import { startEngine } from "../../../loaders/engine/startEngine.js";
import { detectIn } from "../../../loaders/evaluation/detectIn.js";
import { KeptDetections } from "../../../loaders/evaluation/keptDetections.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { graphOf } from "../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../src/architecture/layers/tensors.js";
import type { Weights } from "../../../src/checkpoints/weights.js";
import type { CocoDetection } from "../../../src/coco/types.js";
import { imageNetDeviation, imageNetMean } from "../../../src/detection/letterbox.js";
import { lively } from "../../network/narrowNetworks.js";

const dataset = await generateDataset({ split: "val", count: 3, seed: 0, size: 64 });
const model = modelByName("spinenet-49", {
  size: 128,
  width: 0.05,
  stemWidth: 4,
  endpoints: 4,
  headFilters: 4,
  headConvolutions: 1,
  classes: dataset.categories.length,
});
const weights: Weights = {
  model,
  values: lively(tensorsOf(graphOf(model).layers), 2),
  classes: dataset.categories.map(({ id, name }, channel) => ({ channel, categoryId: id, name })),
  preprocessing: { mean: [...imageNetMean], deviation: [...imageNetDeviation] },
  run: "r",
};

describe("detecting in all images of a data set", () => {
  let single: CocoDetection[];
  beforeAll(async () => {
    await startEngine("wasm");
    single = await detectIn(weights, dataset);
  });

  it("finds the same in batches as one by one, and reports each batch", async () => {
    const done: number[] = [];
    const together = await detectIn(weights, dataset, { batch: 2, onImage: (count) => done.push(count) });
    expect(done).toEqual([2, 3]);
    expect(single.length).toBeGreaterThan(100);
    expect(together).toEqual(single);
  });

  it("continues after the images that an interrupted evaluation kept", async () => {
    const folder = await mkdtemp(join(tmpdir(), "kept-"));
    const interrupted = await KeptDetections.open({}, folder);
    const stop = (count: number) => {
      if (count === 2) throw new Error("killed");
    };
    await expect(detectIn(weights, dataset, { batch: 2, kept: interrupted, onImage: stop })).rejects.toThrow(
      "killed",
    );
    const opened: number[] = [];
    const watched = {
      ...dataset,
      images: dataset.images.map((image) => ({
        ...image,
        open: () => {
          opened.push(image.id);
          return image.open();
        },
      })),
    };
    const kept = await KeptDetections.open({}, folder);
    const done: number[] = [];
    const found = await detectIn(weights, watched, { batch: 2, kept, onImage: (count) => done.push(count) });
    expect(opened).toEqual([dataset.images[2]!.id]);
    expect(done).toEqual([2, 3]);
    expect(found).toEqual(single);
    await rm(folder, { recursive: true });
  });
});

describe("the first images of a data set", () => {
  it("have their own annotations, all categories, and a hash of their own", () => {
    const first = firstImages(dataset, 2);
    expect(first.images).toEqual(dataset.images.slice(0, 2));
    expect(first.coco.images.map(({ id }) => id)).toEqual(first.images.map(({ id }) => id));
    expect(first.coco.annotations).toEqual(first.images.flatMap(({ annotations }) => annotations));
    expect(first.categories).toEqual(dataset.categories);
    expect(first.hash).not.toBe(dataset.hash);
    expect(firstImages(dataset, 1).hash).not.toBe(first.hash);
    expect(firstImages(dataset, 3)).toBe(dataset);
  });
});
