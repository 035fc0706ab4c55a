import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCocoFolder } from "../../../../loaders/datasets/cocoFolder.js";
import { generateDataset } from "../../../../loaders/datasets/scenes/generateDataset.js";
import { writeScenes } from "../../../../loaders/datasets/scenes/writeScenes.js";

let room = "";
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), "scenes-"));
});
afterAll(() => rm(room, { recursive: true, force: true }));

const small = { size: 64, seed: 3, maxObjects: 3 };

test("a written folder is read back as the data set it was made from", async () => {
  const train = await generateDataset({ ...small, split: "train", count: 3 });
  const val = await generateDataset({ ...small, split: "val", count: 2 });
  let told = 0;
  await writeScenes(join(room, "whole"), [train, val], () => told++);
  expect(told).toBe(5);
  for (const dataset of [train, val]) {
    const read = await openCocoFolder(join(room, "whole"), dataset.split);
    expect(read.coco.annotations).toEqual(dataset.coco.annotations);
    expect(read.categories).toEqual(dataset.categories);
    for (const [i, image] of read.images.entries()) {
      const [stored, made] = [await image.open(), await dataset.images[i]!.open()];
      expect(Buffer.compare(stored.data, made.data)).toBe(0);
    }
  }
});

test("a folder that holds something is refused and left as it was", async () => {
  const folder = join(room, "taken");
  await mkdir(folder);
  await writeFile(join(folder, "mine.txt"), "");
  const dataset = await generateDataset({ ...small, count: 1 });
  await expect(writeScenes(folder, [dataset])).rejects.toThrow("the folder is not empty");
  expect(await readdir(folder)).toEqual(["mine.txt"]);
});

test("what fails half way leaves nothing behind, also of an empty folder", async () => {
  const folder = join(room, "empty");
  await mkdir(folder);
  const before = await readdir(room);
  const dataset = await generateDataset({ ...small, count: 2 });
  const failing = writeScenes(folder, [dataset], () => {
    throw new Error("no more");
  });
  await expect(failing).rejects.toThrow("no more");
  expect(await readdir(room)).toEqual(before);
  await writeScenes(folder, [dataset]);
  expect((await readdir(folder)).sort()).toEqual(["annotations", "train"]);
});

test("a folder that cannot be written is named, with the reason and what helps", async () => {
  const dataset = await generateDataset({ ...small, count: 1 });
  // Not even root may write there.
  const folder = process.platform === "linux" ? "/sys/spinenet-scenes" : "/spinenet-scenes";
  await expect(writeScenes(folder, [dataset])).rejects.toThrow(
    /^\/.*spinenet-scenes could not be written \(E\w+: .*\)\. The folder cannot be written to: choose another or change its permissions\.$/,
  );
  await writeFile(join(room, "file"), "");
  await expect(writeScenes(join(room, "file", "scenes"), [dataset])).rejects.toThrow(/file.scenes: /);
});
