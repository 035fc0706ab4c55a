import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addBlock } from "../../../src/architecture/edit/addBlock.js";
import { isRefused } from "../../../src/architecture/edit/draft.js";
import {
  decodeModel,
  encodeModel,
  nearestPreset,
  withDrawableBlocks,
} from "../../../src/architecture/edit/modelCode.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { presetByName, presetNames } from "../../../src/architecture/families/presets.js";
import { arbitraryModel } from "../arbitraryModel.js";

const address = "The page's address";
const read = (blocks?: string, settings?: string) => () =>
  decodeModel(
    {
      preset: "spinenet-49",
      ...(blocks === undefined ? {} : { blocks }),
      ...(settings === undefined ? {} : { settings }),
    },
    address,
  );

describe("a model as text", () => {
  it.each(presetNames)("is no more than its name for %s", (name) => {
    expect(encodeModel(presetByName(name), name)).toEqual({ preset: name });
    expect(decodeModel({ preset: name }, address)).toEqual(presetByName(name));
    expect(nearestPreset(presetByName(name))).toBe(name);
  });

  it("lists level, kind and parents of each block once one differs", () => {
    expect(encodeModel(modelByName("r0-sp53"), "spinenet-49").blocks).toBe(
      "1.2b2b.2b01-3b01-3b23-4b24-4b35-3b56-5b47-4b48-4b89-4b8a-3B4a-4B67-5B8d-7B69-6B79",
    );
  });

  it("holds other fields only where they differ", () => {
    const { settings } = encodeModel(modelByName("spinenet-49", { size: 896, alpha: 1 }), "spinenet-49");
    expect(settings).toBe('{"inputSize":[896,896],"backbone":{"alpha":1}}');
  });

  it("gives any model back as it was, whatever preset it is written against", () => {
    fc.assert(
      fc.property(arbitraryModel, fc.constantFrom(...presetNames), (model, preset) => {
        const code = encodeModel(model, preset);
        expect(decodeModel(code, address)).toEqual(model);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["2.2b2b.2b01", /"blocks" is "2\.2b2b\.2b01"; it should be 1\.STEM\.BLOCKS/],
    ["1.2b2b", /it should be 1\.STEM\.BLOCKS/],
    ["1.2b2b.2x01", /"blocks" has "2x01" where a block should be/],
    ["1.2b2b.2b", /"blocks" has "2b" where a block should be/],
    ["1.2b2b.3b29", /block 2 names block 2 as a parent|block 2 names block 9 as a parent/],
    ["1.2b2b.9b01", /backbone\.blocks\.0\.level: is 9/],
    ["1.2b2b.4b01", /no block is marked "output": true/],
  ])("is refused as %s, with the reason", (blocks, reason) => {
    expect(read(blocks)).toThrow(reason);
    expect(read(blocks)).toThrow(/^The page's address: /);
  });

  it.each([
    ["{", /"settings" is not JSON/],
    ["7", /the top level/],
    ['{"classes":0}', /classes: is 0; expected a whole number from 1 to 100000/],
    ['{"backbone":3}', /backbone: is 3; expected an object/],
    ['{"colour":"red"}', /colour: unknown field/],
  ])("is refused with settings %s, with the reason", (settings, reason) => {
    expect(read(undefined, settings)).toThrow(reason);
  });

  it("has a digit for sixty blocks, and refuses more", () => {
    let model = modelByName("resnet-50-fpn");
    for (;;) {
      const more = addBlock(model, 0);
      if (isRefused(more)) break;
      model = more.model;
    }
    const code = encodeModel(model, "resnet-50-fpn");
    expect(decodeModel(code, address)).toEqual(model);
    const [one] = model.backbone.stem;
    const longer = { ...model, backbone: { ...model.backbone, stem: [one!, ...model.backbone.stem] } };
    expect(() => withDrawableBlocks(longer, "x.json")).toThrow(
      "x.json: the model has 61 blocks; at most 60 can be drawn here.",
    );
  });

  it("is written against the preset that it differs from least", () => {
    expect(nearestPreset(modelByName("r0-sp53", { classes: 3 }))).toBe("r0-sp53");
    expect(nearestPreset(modelByName("spinenet-mobile-49", { size: 512 }))).toBe("spinenet-mobile-49");
  });
});
