import { createHash } from "node:crypto";
import { encode } from "fast-png";
import { expect, test } from "vitest";
import {
  defaultSceneSettings,
  generateScene,
  sceneAnnotations,
} from "../../../../loaders/datasets/scenes/generateScene.js";
import { sceneClasses } from "../../../../loaders/datasets/scenes/sceneClasses.js";

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

const settings = { ...defaultSceneSettings, size: 128 };

test.each([
  [
    0,
    "7322ca93555749d846e6926f7e0e92f18314b70792c442efaea3011e09e515ad",
    "84f115f4311510b1c4c3477637201772c6b229320890c835ef5ea57d69816527",
    "f6b9383669c0cd4e29aa20a6d608dc39df472a8ae4322a79e9098d2fe4ba999b",
  ],
  [
    1,
    "1cfa42ea4a3585fa452e0bae0a9375f742b78db8d49076b2c6a73c65746eb6dc",
    "4e4d9a224eb69b11a2bfdac0c2556dff488b15d53ce256c64cd8dbbe040220d1",
    "a6556013ef609cbe9e01128fb8ff6b25d3ba0fe935eca59b59c11fe2ac28c19a",
  ],
  [
    1_000_007,
    "c70fcf1e6afdca074d679d0c816869309a36a5fed3ed1743eb1ca9d46de5f7ff",
    "9d7daf4334d9962364b517b02a48f93f233daf0eee4388ca3c075f67aea5cbf9",
    "1bc670c9a02cb191ce394a9d4654da445268490a135e5fa02b8930b7e31d3a1c",
  ],
])(
  "scene %d is the same on every machine: pixels, annotations and PNG",
  async (index, pixels, boxes, png) => {
    const { image, annotations } = await generateScene(index, settings);
    expect(sha256(JSON.stringify(annotations))).toBe(boxes);
    expect(sha256(image.data)).toBe(pixels);
    expect(sha256(encode({ ...image, channels: 3 }))).toBe(png);
  },
);

test("a scene does not depend on those made before it, but on its index and seed", async () => {
  const first = await generateScene(5, settings);
  await generateScene(6, settings);
  expect(await generateScene(5, settings)).toEqual(first);
  expect((await generateScene(6, settings)).image.data).not.toEqual(first.image.data);
  expect((await generateScene(5, { ...settings, seed: 1 })).image.data).not.toEqual(first.image.data);
});

test("annotations made alone are those of the painted scene", async () => {
  expect(await sceneAnnotations(9, settings)).toEqual((await generateScene(9, settings)).annotations);
});

test("boxes hold the seen pixels and lie in the image; sides spread over the octaves", async () => {
  const octaves = [0, 0, 0, 0];
  for (let index = 0; index < 60; index++) {
    const annotations = await sceneAnnotations(index, settings);
    expect(annotations.length).toBeGreaterThan(0);
    expect(annotations.length).toBeLessThanOrEqual(8);
    for (const { bbox, area } of annotations) {
      const [x, y, width, height] = bbox;
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(128);
      expect(area).toBeGreaterThan(0);
      expect(area).toBeLessThanOrEqual(width * height);
      // Octaves of the long side, from 128 / 20 = 6.4 pixels on.
      octaves[Math.max(0, Math.min(3, Math.floor(Math.log2(Math.max(width, height) / 6.4))))]!++;
    }
  }
  for (const count of octaves) expect(count).toBeGreaterThan(10);
});

test("a scene draws from the classes asked for, under the numbers they always have", async () => {
  const found = new Set<number>();
  for (let index = 0; index < 20; index++) {
    const annotations = await sceneAnnotations(index, { ...settings, classes: ["fish", "banana"] });
    for (const { categoryId } of annotations) found.add(categoryId);
  }
  expect([...found].sort().map((id) => sceneClasses[id - 1]!.name)).toEqual(["banana", "fish"]);
});

test("settings that make no scene are refused", async () => {
  await expect(generateScene(0, { ...settings, classes: ["unicorn"] })).rejects.toThrow('no class "unicorn"');
  await expect(generateScene(0, { ...settings, classes: [] })).rejects.toThrow("at least one class");
  await expect(generateScene(0, { ...settings, size: 31 })).rejects.toThrow("from 32 to 4096 pixels, not 31");
  await expect(generateScene(0, { ...settings, maxObjects: 0 })).rejects.toThrow("not 0");
});
