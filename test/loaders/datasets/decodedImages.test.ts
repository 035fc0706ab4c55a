import { mkdtemp, open, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DatasetImage, DetectionDataset } from "../../../loaders/datasets/dataset.js";
import {
  type DecodedImagesSettings,
  decodedImages,
  decodedImagesFolder,
  readDecoded,
} from "../../../loaders/datasets/decodedImages.js";

/** Of 3 bytes a pixel: 60, 24 and 36. */
const sizes = [
  [5, 4],
  [2, 4],
  [12, 1],
] as const;

const silent = { decoded: () => {}, waiting: () => {}, tooLarge: () => {} };

describe("decoded images", () => {
  let folder = "";
  let opened: number[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "decoded-"));
    opened = [];
    for (const index of sizes.keys()) await writeFile(join(folder, `${index}.jpg`), "stands for an image");
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  /** Three images, each filled with its number, from files of this folder. */
  function datasetOf(name = "cats"): DetectionDataset {
    const images = sizes.map(([width, height], index): DatasetImage => {
      const fileName = `${index}.jpg`;
      return {
        id: index,
        fileName,
        width,
        height,
        annotations: [],
        source: { kind: "file", file: join(folder, fileName), width, height, annotations: "a.json" },
        open: async () => {
          opened.push(index);
          return { width, height, data: new Uint8Array(width * height * 3).fill(index + 1) };
        },
      };
    });
    const coco = { images: [], annotations: [], categories: [] };
    return { name, split: "train", hash: "", categories: [], images, coco };
  }

  const settings = (changes: Partial<DecodedImagesSettings> = {}): DecodedImagesSettings => ({
    folder: join(folder, "images"),
    limitBytes: 1000,
    decode: (image) => image.open(),
    concurrency: 2,
    report: silent,
    ...changes,
  });
  const kept = () => readdir(join(folder, "images"));

  it("lie one after another in a file, which is made once", async () => {
    const told: unknown[] = [];
    const report = { ...silent, decoded: (...values: unknown[]) => void told.push(values) };
    const decoded = (await decodedImages(datasetOf(), settings({ report })))!;
    // 60 bytes, then 24, then 36.
    expect(decoded.offsets).toEqual([0, 60, 84]);
    expect((await stat(decoded.file)).size).toBe(120);
    expect(told).toEqual([1, 2, 3].map((done) => [done, 3, 120, decoded.file]));
    const handle = await open(decoded.file);
    for (const [index, { width, height }] of datasetOf().images.entries()) {
      expect(await readDecoded(handle, decoded.offsets[index]!, { width, height })).toEqual({
        width,
        height,
        data: new Uint8Array(width * height * 3).fill(index + 1),
      });
    }
    await expect(readDecoded(handle, 100, { width: 5, height: 4 })).rejects.toThrow("ends early; delete it");
    await handle.close();

    expect(await decodedImages(datasetOf(), settings())).toEqual(decoded);
    expect(opened.sort()).toEqual([0, 1, 2]);
    expect(await kept()).toHaveLength(1);
  });

  it("are decoded anew where a file has another size or time, or the one of decoded images is cut off", async () => {
    const first = (await decodedImages(datasetOf(), settings()))!;
    await utimes(join(folder, "1.jpg"), 1000, 1000);
    const second = (await decodedImages(datasetOf(), settings()))!;
    await writeFile(join(folder, "1.jpg"), "another image");
    await utimes(join(folder, "1.jpg"), 1000, 1000);
    const third = (await decodedImages(datasetOf(), settings()))!;
    expect(new Set([first.file, second.file, third.file]).size).toBe(3);
    await writeFile(third.file, "cut off");
    expect(await decodedImages(datasetOf(), settings())).toEqual(third);
    expect((await stat(third.file)).size).toBe(120);
    expect(opened).toHaveLength(12);
  });

  it("are not kept where they would be over the limit", async () => {
    const told: unknown[] = [];
    const report = { ...silent, tooLarge: (...values: unknown[]) => void told.push(values) };
    expect(await decodedImages(datasetOf(), settings({ limitBytes: 119, report }))).toBeUndefined();
    expect(told).toEqual([[120, 119]]);
    expect(opened).toEqual([]);
  });

  it("make room by deleting those used longest ago", async () => {
    const limited = settings({ limitBytes: 300 });
    const [first, second] = [
      (await decodedImages(datasetOf("a"), limited))!,
      (await decodedImages(datasetOf("b"), limited))!,
    ];
    await utimes(first.file, 1000, 1000);
    await utimes(second.file, 2000, 2000);
    // Using the first makes it the youngest.
    await decodedImages(datasetOf("a"), limited);
    const third = (await decodedImages(datasetOf("c"), limited))!;
    expect((await kept()).sort()).toEqual([first, third].map(({ file }) => file.split("/").at(-1)).sort());
  });

  it("take away what was left half made an hour ago, and let alone what is being made", async () => {
    await decodedImages(datasetOf("a"), settings());
    const [left, current] = [join(folder, "images/.x.partial"), join(folder, "images/.y.partial")];
    await writeFile(left, "");
    await utimes(left, Date.now() / 1000 - 3700, Date.now() / 1000 - 3700);
    await writeFile(current, "");
    await decodedImages(datasetOf("b"), settings());
    expect((await kept()).filter((name) => name.endsWith(".partial"))).toEqual([".y.partial"]);
  });

  it("leave nothing behind where an image cannot be decoded", async () => {
    const decode = async ({ fileName }: DatasetImage) => {
      throw new Error(`${fileName} is damaged`);
    };
    await expect(decodedImages(datasetOf(), settings({ decode }))).rejects.toThrow("0.jpg is damaged");
    expect(await kept()).toEqual([]);
  });

  it("are decoded by one of those who want them at the same time, while the others wait", async () => {
    const told: string[] = [];
    const report = { ...silent, waiting: (file: string) => void told.push(file) };
    const all = await Promise.all([1, 2, 3].map(() => decodedImages(datasetOf(), settings({ report }))));
    expect(opened.sort()).toEqual([0, 1, 2]);
    expect(all).toEqual([all[0], all[0], all[0]]);
    expect(told).toEqual([all[0]!.file, all[0]!.file]);
    expect(await kept()).toHaveLength(1);
  });

  it("say what to do where they cannot be written", async () => {
    const inTheWay = settings({ folder: join(folder, "0.jpg") });
    await expect(decodedImages(datasetOf(), inTheWay)).rejects.toThrow(
      /^.*cats-train-\w+\.rgb, the decoded images, could not be written \(.*\)\. Free disk space, choose another folder with --image-cache, or give --image-cache-limit 0 to decode each image whenever it is needed\.$/,
    );
  });

  it("lie in the engine home", () => {
    vi.stubEnv("SPINENET_ENGINE_HOME", "/somewhere");
    expect(decodedImagesFolder()).toBe(join("/somewhere", "images"));
  });
});
