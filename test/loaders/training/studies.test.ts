import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dataFolder } from "../../../loaders/records/records.js";
import { modelOf, readStudy } from "../../../loaders/training/study.js";
import { costsOf } from "../../../src/architecture/costs/costs.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";

const folder = join(dataFolder, "studies");
const files = readdirSync(folder);
const multiplyAdds = async (file: string, classes: number): Promise<number> =>
  costsOf(layersOf(modelOf(await readStudy(join(folder, file)), classes))).multiplyAdds;

describe("the committed studies", () => {
  it.each(files)("%s is a study with a model that can be built, named after its id", async (file) => {
    const study = await readStudy(join(folder, file));
    expect(`${study.id}.json`).toBe(file);
    expect(layersOf(modelOf(study, 3)).length).toBeGreaterThan(100);
  });

  it.each([
    ["bccd", 3],
    ["coco-person", 1],
    ["facemask", 3],
    ["people", 1],
  ] as const)("%s compares two networks of equal cost by equal recipes", async (data, classes) => {
    const [permuted, baseline] = [`${data}-spinenet-49.json`, `${data}-resnet-50-fpn.json`];
    const ratio = (await multiplyAdds(baseline, classes)) / (await multiplyAdds(permuted, classes));
    expect(Math.abs(ratio - 1)).toBeLessThan(0.02);
    const recipe = async (file: string) => {
      const { id: _id, title: _title, model: _model, ...rest } = await readStudy(join(folder, file));
      return rest;
    };
    expect(await recipe(baseline)).toEqual(await recipe(permuted));
  });
});
