import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import type { ModelOptions } from "../../../src/architecture/families/options.js";
import { presetByName, presetNames } from "../../../src/architecture/families/presets.js";
import { parseModel } from "../../../src/architecture/model/parseModel.js";
import { sampleArchitecture } from "../../../src/architecture/search/sampleArchitecture.js";

describe("the size of a network", () => {
  it.each(presetNames)("is within bounds for %s, also at 1280 pixels with LVIS's classes", (name) => {
    const model = presetByName(name);
    expect(parseModel(model, name)).toEqual(model);
    // SpineNet-190 at 1280 pixels is the largest published detector; LVIS has 1203 classes and a background.
    const larger = { ...model, inputSize: [1280, 1280], classes: 1204 };
    expect(parseModel(larger, name)).toEqual(larger);
  });

  it("is within bounds for classifiers of iNaturalist 2017 and ImageNet-21k", () => {
    for (const classes of [5089, 21_841]) {
      parseModel(modelByName("spinenet-143", { head: "classifier", size: 384, classes }), "classifier");
    }
  });

  it("is within bounds for networks of the search", () => {
    for (let number = 1; number <= 50; number++) parseModel(sampleArchitecture(1, number), "sample");
  });

  it.each<[string, ModelOptions, string]>([
    [
      "repeats of all blocks",
      { repeats: 61 },
      "backbone.repeats: is 61, which makes 1037 of 17 blocks; expected at most 1024 in all, so from 1 to 60",
    ],
    [
      "parameters",
      { width: 8 },
      'billion parameters; expected at most 1 billion: lower its widths, "repeats"',
    ],
    [
      "values of a layer",
      { size: 8192 },
      'its layer stem/conv computes 4096 × 4096 × 64 values for one image; expected at most 500 million: lower "inputSize"',
    ],
    [
      "values of all layers",
      { size: 3072, repeats: 60, width: 0.5 },
      'billion values for one image; expected at most 50 billion: lower "inputSize"',
    ],
  ])("is refused for its %s, before anything of that size is made", (_, options, message) => {
    const start = performance.now();
    expect(() => parseModel(modelByName("spinenet-49", options), "my.json")).toThrow(message);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
