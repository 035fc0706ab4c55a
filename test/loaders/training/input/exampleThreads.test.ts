import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCocoFolder } from "../../../../loaders/datasets/cocoFolder.js";
import type { DetectionDataset } from "../../../../loaders/datasets/dataset.js";
import { generateDataset } from "../../../../loaders/datasets/scenes/generateDataset.js";
import { Batches } from "../../../../loaders/training/input/batches.js";
import type { Example, ExampleSettings } from "../../../../loaders/training/input/examples.js";
import { openInput } from "../../../../loaders/training/input/pipeline.js";
import { retinaNetMatching } from "../../../../src/detection/matcher.js";

/** Anchors a quarter of a 64-pixel input, in reading order. */
const settings: ExampleSettings = {
  anchors: Float32Array.from(
    [0, 16, 32, 48].flatMap((y) => [0, 16, 32, 48].flatMap((x) => [y, x, y + 16, x + 16])),
  ),
  inputSize: [64, 64],
  augmentation: { flip: true, scaleJitter: [0.7, 1.4], placement: "anywhere", colour: 0.2 },
  matching: { ...retinaNetMatching, positiveIoU: 0.2 },
  channels: new Map(Array.from({ length: 100 }, (_, id) => [id, id])),
  seed: 4,
};
const size = 3;
const report = { decoded: () => {}, waiting: () => {}, tooLarge: () => {} };

describe("examples made in threads", () => {
  let folder = "";
  let dataset: DetectionDataset;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "threads-"));
    dataset = await generateDataset({ split: "train", count: 7, size: 48, maxObjects: 3 });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  /** The batches of each of these runs of steps, made by so many threads, from a file of decoded images or not. */
  async function batches(
    runs: readonly number[][],
    workers: number,
    stored: boolean,
  ): Promise<Example[][][]> {
    const cache = stored ? { folder: join(folder, "images"), limitBytes: 2 ** 20, report } : undefined;
    const input = await openInput(dataset, settings, 100, { workers, cache });
    expect(input.decoded !== undefined).toBe(stored);
    try {
      const made: Example[][][] = [];
      for (const steps of runs) {
        const own = new Batches(dataset, settings, size, input);
        const examples: Example[][] = [];
        for (const step of steps) examples.push(await own.at(step));
        made.push(examples);
      }
      return made;
    } finally {
      await input.source.close();
    }
  }

  it("are the same to the bit by 0, 1 and 3 threads, decoded in advance or not, and wherever a run is taken up", {
    timeout: 300_000,
  }, async () => {
    const steps = [0, 1, 2, 3, 4, 5];
    const [expected] = await batches([steps], 0, false);
    expect(expected!.flat()).toHaveLength(18);
    expect(expected!.flat().some(({ targets }) => targets.positives.length > 0)).toBe(true);
    expect(await batches([steps, [4, 5]], 0, true)).toEqual([expected, expected!.slice(4)]);
    expect(await batches([steps, [4, 5]], 1, false)).toEqual([expected, expected!.slice(4)]);
    expect(await batches([steps, [4, 5]], 3, false)).toEqual([expected, expected!.slice(4)]);
    expect(await batches([steps, [4, 5]], 3, true)).toEqual([expected, expected!.slice(4)]);
  });

  it("fail by an error that names the file which cannot be read", async () => {
    const root = join(folder, "cats");
    await mkdir(join(root, "annotations"), { recursive: true });
    await mkdir(join(root, "train"));
    const image = { id: 1, file_name: "a.jpg", width: 20, height: 10 };
    const annotations = { images: [image], annotations: [], categories: [{ id: 1, name: "cat" }] };
    await writeFile(join(root, "annotations/instances_train.json"), JSON.stringify(annotations));
    await writeFile(join(root, "train/a.jpg"), "no image");
    const broken = await openCocoFolder(root, "train");
    const reason = `${join(root, "train/a.jpg")}: is not a supported image`;

    const input = await openInput(broken, settings, 100, { workers: 2 });
    await expect(new Batches(broken, settings, 2, input).at(0)).rejects.toThrow(reason);
    await input.source.close();
    const cache = { folder: join(folder, "none"), limitBytes: 2 ** 20, report };
    await expect(openInput(broken, settings, 100, { workers: 2, cache })).rejects.toThrow(reason);
  });

  it("cannot be of an image that only this thread can open", async () => {
    const images = dataset.images.map(({ source: _, ...image }) => image);
    const own = { ...dataset, images };
    const input = await openInput(own, settings, 100, { workers: 1 });
    await expect(new Batches(own, settings, 2, input).at(0)).rejects.toThrow(
      /^\d{6}\.png cannot be opened in another thread; give --workers 0\.$/,
    );
    await input.source.close();
  });

  it("that are being made are waited for when the threads are closed, and none is made after", async () => {
    for (let time = 0; time < 2; time++) {
      const input = await openInput(dataset, settings, 100, { workers: 2 });
      const batches = new Batches(dataset, settings, 7, input);
      const first = batches.at(0);
      await Promise.all([input.source.close(), first]);
      await expect(batches.at(9)).rejects.toThrow("have been closed");
    }
  });

  it("are not decoded in advance for a run that sees no image twice", async () => {
    const cache = { folder: join(folder, "unused"), limitBytes: 2 ** 20, report };
    const input = await openInput(dataset, settings, 7, { workers: 0, cache });
    expect(input.decoded).toBeUndefined();
    await input.source.close();
  });
});

describe("batches", () => {
  it("are made in advance, as many as asked for, but none after the last step", async () => {
    const dataset = await generateDataset({ split: "train", count: 4, size: 48 });
    const made: number[] = [];
    const source = {
      examples: async (requests: readonly { position: number }[]) => {
        made.push(requests[0]!.position);
        return [];
      },
      decode: dataset.images[0]!.open,
      close: async () => {},
    };
    const batches = new Batches(dataset, settings, 2, { source, ahead: 2, steps: 4 });
    await batches.at(0);
    expect(made).toEqual([0, 2, 4]);
    await batches.at(1);
    expect(made).toEqual([0, 2, 4, 6]);
    await batches.at(2);
    await batches.at(3);
    expect(made).toEqual([0, 2, 4, 6]);
  });
});
