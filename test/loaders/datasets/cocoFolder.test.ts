import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCocoFolder } from "../../../loaders/datasets/cocoFolder.js";

const annotation = { id: 1, image_id: 5, category_id: 2, bbox: [1, 2, 3, 4], area: 12, iscrowd: 0 };
const dataset = {
  images: [
    { id: 5, file_name: "b.jpg", width: 10, height: 10 },
    { id: 3, file_name: "a.jpg", width: 20, height: 10 },
  ],
  annotations: [annotation, { ...annotation, id: 2 }],
  categories: [{ id: 2, name: "cat" }],
};

const open = { open: expect.any(Function) };

describe("openCocoFolder", () => {
  let folder: string;
  let file: string;
  const write = (content: unknown) =>
    writeFile(file, typeof content === "string" ? content : JSON.stringify(content));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "coco-"));
    file = join(folder, "annotations", "instances_val.json");
    await mkdir(join(folder, "annotations"));
    await mkdir(join(folder, "val"));
    await write(dataset);
    await writeFile(join(folder, "val", "a.jpg"), "four");
    await writeFile(join(folder, "val", "b.jpg"), "seven b");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("lists images with their annotations, in the file's order", async () => {
    const opened = await openCocoFolder(folder, "val");
    expect(opened).toMatchObject({ split: "val", categories: dataset.categories, coco: dataset });
    expect(folder.endsWith(opened.name)).toBe(true);
    expect(opened.images).toEqual([
      {
        ...open,
        id: 5,
        fileName: "b.jpg",
        width: 10,
        height: 10,
        annotations: dataset.annotations,
        source: {
          kind: "file",
          file: join(folder, "val", "b.jpg"),
          width: 10,
          height: 10,
          annotations: file,
        },
      },
      {
        ...open,
        id: 3,
        fileName: "a.jpg",
        width: 20,
        height: 10,
        annotations: [],
        source: {
          kind: "file",
          file: join(folder, "val", "a.jpg"),
          width: 20,
          height: 10,
          annotations: file,
        },
      },
    ]);
  });

  it("opens an image as stored, which its boxes refer to", async () => {
    // 6: viewers turn it by a quarter, to 10 × 20.
    const create = { width: 20, height: 10, channels: 3 as const, background: "red" };
    const tagged = sharp({ create }).withMetadata({ orientation: 6 });
    await tagged.toFile(join(folder, "val", "a.jpg"));
    const { images } = await openCocoFolder(folder, "val");
    const pixels = await images[1]!.open();
    expect([pixels.width, pixels.height, pixels.data.length]).toEqual([20, 10, 600]);
  });

  it("refuses to open an image of another size than annotated", async () => {
    const create = { width: 8, height: 10, channels: 3 as const, background: "red" };
    await sharp({ create }).toFile(join(folder, "val", "b.jpg"));
    const { images } = await openCocoFolder(folder, "val");
    await expect(images[0]!.open()).rejects.toThrow(
      `${join(folder, "val", "b.jpg")}: the image is 8×10, but ${file} says 10×10;`,
    );
  });

  it("hashes the sorted names and sizes, then the annotations", async () => {
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    const expected = sha256(`a.jpg\t4\nb.jpg\t7\n${sha256(JSON.stringify(dataset))}`);
    expect((await openCocoFolder(folder, "val")).hash).toBe(expected);

    await writeFile(join(folder, "val", "a.jpg"), "longer");
    expect((await openCocoFolder(folder, "val")).hash).not.toBe(expected);
  });

  it("finds images in folders below the split's", async () => {
    await mkdir(join(folder, "val", "cats"));
    await writeFile(join(folder, "val", "cats", "c.jpg"), "x");
    await write({ ...dataset, images: [{ ...dataset.images[0], file_name: "cats/c.jpg" }] });
    const { images } = await openCocoFolder(folder, "val");
    await expect(images[0]!.open()).rejects.toThrow(
      `${join(folder, "val", "cats", "c.jpg")}: is not a supported image`,
    );
  });

  it("names an image that is not there", async () => {
    await rm(join(folder, "val", "a.jpg"));
    await expect(openCocoFolder(folder, "val")).rejects.toThrow(
      `${file}: images[1].file_name: a.jpg is not in ${join(folder, "val")}; add the image there, or remove it`,
    );
  });

  it("does not reach for images outside the split's folder", async () => {
    await write({
      ...dataset,
      images: [{ ...dataset.images[0], file_name: "../annotations/instances_val.json" }],
    });
    await expect(openCocoFolder(folder, "val")).rejects.toThrow("is not in");
  });

  it("tells where an annotation file breaks off", async () => {
    await write(JSON.stringify(dataset).slice(0, 100));
    await expect(openCocoFolder(folder, "val")).rejects.toThrow(
      `${file}: ends early at line 1, column 101 (character 100 of 100)`,
    );
  });

  it("names file, index and field of a wrong value", async () => {
    await write({ ...dataset, annotations: [{ ...annotation, bbox: [1, 2, "3", 4] }] });
    await expect(openCocoFolder(folder, "val")).rejects.toThrow(
      `${file}: annotations[0].bbox[2]: is "3"; expected four`,
    );
  });

  it("refuses a split without images", async () => {
    await write({ ...dataset, images: [], annotations: [] });
    await expect(openCocoFolder(folder, "val")).rejects.toThrow(`${file}: images: the list is empty`);
  });

  it("refuses boxes without a size, or leaves them out and tells which", async () => {
    await write({ ...dataset, annotations: [annotation, { ...annotation, id: 2, bbox: [1, 2, 0, 4] }] });
    await expect(openCocoFolder(folder, "val")).rejects.toThrow("skip such annotations with --skip-invalid");

    const reasons: string[] = [];
    const opened = await openCocoFolder(folder, "val", {
      invalid: "skip",
      onSkipped: (skipped, source) => reasons.push(...skipped.map(({ index }) => `${source} ${index}`)),
    });
    expect(opened.images[0]!.annotations).toEqual([annotation]);
    expect(opened.coco.annotations).toEqual([annotation]);
    expect(reasons).toEqual([`${file} 1`]);
  });

  it("tells which splits there are when asked for another", async () => {
    await expect(openCocoFolder(folder, "train")).rejects.toThrow(
      `${join(folder, "annotations", "instances_train.json")}: does not exist; the folder has the splits val.`,
    );
  });

  it("tells what a COCO-format folder is when it is none", async () => {
    await expect(openCocoFolder(join(folder, "val"), "val")).rejects.toThrow(
      "a folder in COCO format has annotations/instances_val.json next to val/.",
    );
  });

  it("names the image folder that is not there", async () => {
    await rm(join(folder, "val"), { recursive: true });
    await expect(openCocoFolder(folder, "val")).rejects.toThrow(
      `${join(folder, "val")}: does not exist; the images of the split val belong there.`,
    );
  });
});
