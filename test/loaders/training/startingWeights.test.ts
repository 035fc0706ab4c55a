import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStart } from "../../../loaders/training/startingWeights.js";
import { graphOf } from "../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../src/architecture/layers/tensors.js";
import type { Model } from "../../../src/architecture/model/model.js";
import { encodeBackbone } from "../../../src/checkpoints/backbone.js";
import { decodeWeights, encodeWeights } from "../../../src/checkpoints/weights.js";
import { initialValues } from "../../../src/network/initialise.js";
import { tinyModel } from "./tinyStudy.js";

const tensors = tensorsOf(graphOf(tinyModel).layers);
const values = initialValues(tensors, 7);

describe("weights to begin with", () => {
  let folder = "";
  let file = "";
  let sha256 = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "start-"));
    await mkdir(join(folder, "weights"));
    file = join(folder, "weights/first.safetensors");
    const bytes = encodeWeights(
      {
        model: tinyModel,
        values,
        classes: [{ channel: 0, categoryId: 1, name: "thing" }],
        preprocessing: { mean: [0, 0, 0], deviation: [1, 1, 1] },
        run: "first-seed1",
      },
      "F32",
    );
    sha256 = createHash("sha256").update(bytes).digest("hex");
    await writeFile(file, bytes);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("are all of a file's, by its name beside the run's own or by a path", async () => {
    const origin = {
      weights: "first.safetensors",
      sha256,
      run: "first-seed1",
      parts: "all",
      tensors: tensors.length,
    };
    const byName = await readStart({ weights: "first.safetensors", parts: "all" }, tinyModel, folder);
    expect(byName.origin).toEqual(origin);
    expect(byName.values).toEqual(values);
    const byPath = await readStart({ weights: file, parts: "all" }, tinyModel, "/elsewhere");
    expect(byPath.origin).toEqual(origin);
  });

  it("are all only where every tensor fits, or the first that does not is named", async () => {
    const from = { weights: file, parts: "all" } as const;
    const wider: Model = { ...tinyModel, classes: 5 };
    // Two anchors a cell, eight filters: 2 classes make 3×3×8×4, 5 make 3×3×8×10.
    await expect(readStart(from, wider, folder)).rejects.toThrow(
      /first\.safetensors has 3×3×8×4 numbers in the tensor "[^"]*" where the study's model needs 3×3×8×10; a run from all of it needs the same model\. "parts": "backbone" takes what fits\.$/,
    );
    const deeper: Model = { ...tinyModel, head: { ...tinyModel.head, convolutions: 2 } as Model["head"] };
    await expect(readStart(from, deeper, folder)).rejects.toThrow(/first\.safetensors lacks the tensor "/);
  });

  it("are those of the backbone that fit, and none of the head's", async () => {
    const wider: Model = {
      ...tinyModel,
      classes: 5,
      backbone: { ...tinyModel.backbone, widths: { 2: 4, 3: 4, 4: 6, 5: 8 } } as Model["backbone"],
    };
    const { values: taken, origin } = await readStart({ weights: file, parts: "backbone" }, wider, folder);
    const layers = graphOf(tinyModel).layers;
    const head = tensorsOf(layers.filter(({ part }) => part.kind === "head"));
    const body = tensorsOf(layers.filter(({ part }) => part.kind !== "head"));
    expect(head.some(({ name }) => taken.has(name))).toBe(false);
    // Those of level 5 have other shapes.
    expect(taken.size).toBeGreaterThan(body.length / 2);
    expect(taken.size).toBeLessThan(body.length);
    expect(origin).toMatchObject({ parts: "backbone", tensors: taken.size });
    // An extracted backbone serves as well.
    const alone = join(folder, "alone.safetensors");
    await writeFile(alone, encodeBackbone(decodeWeights(await readFile(file), file), "F32"));
    const again = await readStart({ weights: alone, parts: "backbone" }, wider, folder);
    expect(again.values).toEqual(taken);
    await expect(readStart({ weights: alone, parts: "all" }, wider, folder)).rejects.toThrow(
      "alone.safetensors: this is a backbone without a head",
    );
    for (const [name, numbers] of taken) expect(numbers).toEqual(values.get(name));
  });

  it("are refused where the file is missing, damaged, or of another network", async () => {
    await expect(readStart({ weights: "none.safetensors", parts: "all" }, tinyModel, folder)).rejects.toThrow(
      /data.weights.none\.safetensors: does not exist; trained weights are in data\/weights/,
    );
    const broken = join(folder, "broken.safetensors");
    await writeFile(broken, (await readFile(file)).subarray(0, 100));
    await expect(readStart({ weights: broken, parts: "all" }, tinyModel, folder)).rejects.toThrow(broken);
    const other: Model = {
      ...tinyModel,
      backbone: {
        ...tinyModel.backbone,
        widthMultiplier: 3,
        stemWidth: 12,
        endpointWidth: 24,
      } as Model["backbone"],
    };
    await expect(readStart({ weights: file, parts: "backbone" }, other, folder)).rejects.toThrow(
      /first\.safetensors has no tensor of the study's backbone: "[^"]+" is [\d×]+ there, and should be [\d×]+\. Name weights of the same network\.$/,
    );
  });
});
