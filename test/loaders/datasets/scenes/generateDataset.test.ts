import { expect, test } from "vitest";
import { generateDataset } from "../../../../loaders/datasets/scenes/generateDataset.js";
import { validateDataset } from "../../../../src/coco/reading/validate.js";

const small = { size: 64, count: 4 };

test("generated scenes make a sound COCO data set", async () => {
  const { coco, images, categories } = await generateDataset(small);
  expect(validateDataset(coco, "scenes").skipped).toEqual([]);
  expect(images.flatMap(({ annotations }) => annotations)).toEqual(coco.annotations);
  expect(images.map(({ fileName }) => fileName)).toEqual([
    "000001.png",
    "000002.png",
    "000003.png",
    "000004.png",
  ]);
  expect(categories).toHaveLength(12);
  expect(await images[2]!.open()).toMatchObject({ width: 64, height: 64 });
});

test("splits share no scene, and a longer one begins with the shorter one's", async () => {
  const [train, val] = [await generateDataset(small), await generateDataset({ ...small, split: "val" })];
  expect(val.coco.annotations).not.toEqual(train.coco.annotations);
  const longer = await generateDataset({ ...small, count: 6 });
  expect(longer.coco.annotations.slice(0, train.coco.annotations.length)).toEqual(train.coco.annotations);
});

test("equal settings have equal hashes, others do not", async () => {
  const { hash } = await generateDataset(small);
  expect((await generateDataset(small)).hash).toBe(hash);
  const others = [{ seed: 7 }, { count: 5 }, { size: 96 }, { split: "val" as const }, { classes: ["fish"] }];
  for (const other of others) expect((await generateDataset({ ...small, ...other })).hash).not.toBe(hash);
});

test("only the classes drawn from are categories", async () => {
  const { categories } = await generateDataset({ ...small, classes: ["fish", "banana"] });
  expect(categories).toEqual([
    { id: 2, name: "banana" },
    { id: 8, name: "fish" },
  ]);
});

test("a split without scenes is refused", async () => {
  await expect(generateDataset({ ...small, count: 0 })).rejects.toThrow("not 0");
});
