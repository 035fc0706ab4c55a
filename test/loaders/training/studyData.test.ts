import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStudyData } from "../../../loaders/training/studyData.js";
import { tinyStudy } from "./tinyStudy.js";

/** Writes a COCO-format folder of an image a split, with a box of each category. */
async function writeFolder(folder: string, categories: readonly string[]): Promise<void> {
  await mkdir(join(folder, "annotations"), { recursive: true });
  const list = categories.map((name, index) => ({ id: index + 1, name }));
  for (const split of ["train", "val"]) {
    await mkdir(join(folder, split));
    await writeFile(join(folder, split, "1.png"), "");
    await writeFile(
      join(folder, "annotations", `instances_${split}.json`),
      JSON.stringify({
        images: [{ id: 1, file_name: "1.png", width: 8, height: 8 }],
        annotations: list.map(({ id }) => ({
          id,
          image_id: 1,
          category_id: id,
          bbox: [1, 1, 5, 5],
          area: 25,
          iscrowd: 0,
        })),
        categories: list,
      }),
    );
  }
}

describe("a study's joined data", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "joined-"));
    await writeFolder(join(folder, "people"), ["person"]);
    await writeFolder(join(folder, "pets"), ["dog", "person"]);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const open = (changes: object, data = folder) =>
    openStudyData(
      tinyStudy({ data: { kind: "joined", parts: [{ name: "people" }, { name: "pets" }], ...changes } }),
      data,
    );

  it("are trained on together, and measured together", async () => {
    const { train, validation } = await open({ categories: ["person"] });
    expect([train.name, train.split, train.images.length]).toEqual(["people+pets", "train", 2]);
    expect([validation.name, validation.split, validation.images.length]).toEqual(["people+pets", "val", 2]);
    expect(validation.categories).toEqual(train.categories);
  });

  it("are measured on the part that is named, by its own name and hash", async () => {
    const { train, validation } = await open({ validation: "people" });
    expect(train.categories.map(({ name }) => name)).toEqual(["person", "dog"]);
    expect([validation.name, validation.split]).toEqual(["people", "val"]);
    expect(validation.categories.map(({ name }) => name)).toEqual(["person"]);
  });

  it("are refused where a found object that nobody boxed would count as a mistake", async () => {
    await expect(open({})).rejects.toThrow(
      "The data set people lacks categories of the joined list, so detecting them there would count as an error. " +
        "Name the part to evaluate in the study's data.validation.",
    );
  });

  it("are refused where the part to measure is none, or the folder is not the one that holds them", async () => {
    await expect(open({ validation: "cars" })).rejects.toThrow(
      'The study\'s data.validation is "cars", but its parts are people, pets.',
    );
    const inside = join(folder, "people");
    await expect(open({}, inside)).rejects.toThrow(
      `${inside} is a single data set, but this needs several: give the folder that contains people and the others.`,
    );
    await expect(open({ categories: ["cow"] })).rejects.toThrow('has the category "cow"');
  });
});
