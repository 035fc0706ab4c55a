import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readModel } from "../../../loaders/commands/readModel.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "models-"));
  file = join(folder, "mine.json");
  await writeFile(file, JSON.stringify({ ...modelByName("spinenet-49"), name: "Mine" }));
});

afterAll(() => rm(folder, { recursive: true }));

describe("readModel", () => {
  it("takes a name with options", async () => {
    const model = await readModel("spinenet-49", { size: 256, alpha: 1 });
    expect(model).toEqual(modelByName("spinenet-49", { size: 256, alpha: 1 }));
  });

  it("takes a path, and lays size and classes over what the file says", async () => {
    expect((await readModel(file)).name).toBe("Mine");
    expect(await readModel(file, { size: [256, 384], classes: 3 })).toMatchObject({
      name: "Mine",
      inputSize: [256, 384],
      classes: 3,
    });
  });

  it("refuses other options for a file, naming the field to change there", async () => {
    await expect(readModel(file, { alpha: 1 })).rejects.toThrow(
      `${file}: "alpha" only applies to named models; in a model JSON, change "backbone.alpha"`,
    );
  });

  it("refuses an unknown name with the nearest and all names", async () => {
    await expect(readModel("spinenet-50")).rejects.toThrow(
      /^No model is called "spinenet-50"; did you mean "spinenet-49"\? Names: spinenet-49s, .*resnet-152-fpn\./,
    );
  });

  it("refuses α for a network without resamplings", async () => {
    await expect(readModel("resnet-50-fpn", { alpha: 1 })).rejects.toThrow('resnet-50-fpn: "alpha"');
  });

  it("names what broke a rule", async () => {
    await expect(readModel("spinenet-49", { size: 200 })).rejects.toThrow("spinenet-49: inputSize 200×200");
    await expect(readModel(file, { size: 200 })).rejects.toThrow(`${file}: inputSize 200×200`);
  });

  it("says that a file is not there, or is no JSON", async () => {
    await expect(readModel(join(folder, "none.json"))).rejects.toThrow("does not exist; check the path.");
    const broken = join(folder, "broken.json");
    await writeFile(broken, '{"name": "x",');
    await expect(readModel(broken)).rejects.toThrow(`${broken}: ends early at line 1`);
  });
});
