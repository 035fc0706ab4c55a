import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modelOf, parseStudy, readStudy } from "../../../loaders/training/study.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { tinyModel, tinyStudy, tinyStudyJson } from "./tinyStudy.js";

const named = (model: object) => ({ ...tinyStudyJson, model });

describe("a study", () => {
  it("is read with what it leaves out filled in", () => {
    const { seed, statistics: _s, averageDecay: _a, saveEvery: _e, ...rest } = { seed: 0, ...tinyStudyJson };
    expect(seed).toBe(0);
    expect(parseStudy(rest, "s.json")).toMatchObject({
      seed: 1,
      channels: "order",
      accumulate: 1,
      precision: "float32",
      saveEvery: 100,
      optimiser: { kind: "adamw", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      matching: { positiveIoU: 0.5, forceMatch: { minimumIoU: 0 }, crowdCoverage: 0.5 },
    });
  });

  it("names a published model with changes, or holds a whole one", () => {
    const options = { size: 128, width: 0.1, batchNormMomentum: 0.5 };
    const model = modelOf(parseStudy(named({ name: "spinenet-49", options }), "s.json"), 7);
    expect(model).toMatchObject({
      name: "SpineNet-49",
      classes: 7,
      inputSize: [128, 128],
      backbone: { widthMultiplier: 0.1 },
      batchNorm: { momentum: 0.5, epsilon: 1e-3 },
    });
    expect(modelOf(tinyStudy(), 2)).toEqual(tinyModel);
  });

  it("keeps the order of a named model's fields, which weights files and their hashes have", () => {
    const options = { size: 128, width: 0.5, batchNormMomentum: 0.5 };
    const model = modelOf(parseStudy(named({ name: "spinenet-49", options }), "s.json"), 7);
    const published = modelByName("spinenet-49", { size: 128, width: 0.5, classes: 7 });
    expect(JSON.stringify(model)).toBe(
      JSON.stringify(published).replace('"batchNorm":{"momentum":0.99,', '"batchNorm":{"momentum":0.5,'),
    );
  });

  it("is refused where a whole model has other class channels than its data", () => {
    expect(() => modelOf(tinyStudy(), 3)).toThrow(
      'study tiny: its model has 2 class channels, but its data needs 3; set "classes" to 3.',
    );
  });

  it("is refused where a whole model breaks a rule, which the message names", () => {
    const study = tinyStudy({ model: { ...tinyModel, inputSize: [65, 64] } });
    expect(() => modelOf(study, 2)).toThrow(/^study tiny: model: inputSize 65×64: .*use multiples of 32/);
  });

  it.each([
    ["an unknown field", { ...tinyStudyJson, epochs: 3 }, "epochs: "],
    [
      "a batch of none",
      { ...tinyStudyJson, batch: 0 },
      "batch: is 0; expected a whole number from 1 to 65536.",
    ],
    [
      "steps of no batch",
      { ...tinyStudyJson, accumulate: 0 },
      "accumulate: is 0; expected a whole number from 1 to 65536.",
    ],
    [
      "a batch beyond any memory",
      { ...tinyStudyJson, batch: 1e9 },
      "batch: is 1000000000; expected a whole number from 1 to 65536.",
    ],
    ["steps of half a batch", { ...tinyStudyJson, accumulate: 1.5 }, "accumulate: is 1.5; expected a whole"],
    ["half an image", { ...tinyStudyJson, images: 1.5 }, "images: is 1.5; expected a whole number."],
    [
      "an id that is no file's name",
      { ...tinyStudyJson, id: "a/b" },
      "id: use lower-case letters, digits and hyphens",
    ],
    ["an unknown optimiser", { ...tinyStudyJson, optimiser: { kind: "adam" } }, "optimiser.kind: "],
    [
      "another optimiser's field",
      { ...tinyStudyJson, optimiser: { kind: "sgd", beta1: 0.9 } },
      "optimiser.beta1: ",
    ],
    ["no learning rate", { ...tinyStudyJson, schedule: { kind: "cosine" } }, "schedule.rate: "],
    [
      "an unknown tier",
      { ...tinyStudyJson, tier: "huge" },
      'tier: is "huge"; expected "instant" or "small" or "full".',
    ],
    ["an average that forgets nothing", { ...tinyStudyJson, averageDecay: 1 }, "averageDecay: "],
    ["a misspelt model", named({ name: "spinenet-94" }), "model.name: "],
    [
      "a misspelt option of a model",
      named({ name: "spinenet-49", options: { widht: 0.1 } }),
      "model.options.widht: ",
    ],
    [
      "a model's option of another type",
      named({ name: "spinenet-49", options: { size: "big" } }),
      "model.options.size: ",
    ],
    ["nothing", null, "the top level: "],
  ])("is refused with %s", (_, value, message) => {
    expect(() => parseStudy(value, "s.json")).toThrow(`s.json: ${message}`);
  });

  it("lists the models that can be named where one is misspelt", () => {
    expect(() => parseStudy(named({ name: "spinenet-94" }), "s.json")).toThrow(
      '"spinenet-49" or "spinenet-96"',
    );
  });
});

describe("readStudy", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "study-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it("reads a file", async () => {
    const file = join(folder, "s.json");
    await writeFile(file, JSON.stringify(tinyStudyJson));
    expect(await readStudy(file)).toEqual(tinyStudy());
  });

  it("says what is wrong with a file that is missing, a folder, or no JSON", async () => {
    await expect(readStudy(join(folder, "none.json"))).rejects.toThrow(
      `${join(folder, "none.json")}: does not exist; studies are in data/studies.`,
    );
    await expect(readStudy(folder)).rejects.toThrow(
      `${folder}: is a folder, but a file is needed; studies are in data/studies.`,
    );
    const file = join(folder, "half.json");
    await writeFile(file, '{"id": ');
    await expect(readStudy(file)).rejects.toThrow(`${file}: ends early at line 1`);
  });

  it.each([
    ["schedule.rate", "0.01"],
    ["clip", "10"],
    ["loss.box.weight", "2"],
    ["optimiser.weightDecay", "0.01"],
  ])("is refused where %s is 1e999, which JSON reads as infinite", (field, value) => {
    const last = field.split(".").at(-1);
    const text = JSON.stringify(tinyStudyJson);
    expect(text).toContain(`"${last}":${value}`);
    const infinite: unknown = JSON.parse(text.replace(`"${last}":${value}`, `"${last}":1e999`));
    expect(() => parseStudy(infinite, "s.json")).toThrow(
      `s.json: ${field}: is Infinity; expected a finite number.`,
    );
  });

  it.each(["images", "batch", "seed", "saveEvery"])(
    "is refused where %s is too large to be exact",
    (field) => {
      expect(() => parseStudy({ ...tinyStudyJson, [field]: 2 ** 53 }, "s.json")).toThrow(
        `s.json: ${field}: is 9007199254740992; expected a whole number of at most 9007199254740991.`,
      );
    },
  );
});
