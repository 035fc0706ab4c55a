import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { checkRules } from "../../../src/architecture/model/checkRules.js";
import type { Backbone, Model, PermutedBlock } from "../../../src/architecture/model/model.js";

const model = modelByName("spinenet-49");

function withBackbone(changes: Partial<Backbone>, base: Model = model): Model {
  return { ...base, backbone: { ...base.backbone, ...changes } };
}

/** SpineNet-49 with changes to one learned block, named by its index. */
function withBlock(index: number, changes: Partial<PermutedBlock>): Model {
  const blocks = model.backbone.blocks.map((block, position) =>
    position + 2 === index ? { ...block, ...changes } : block,
  );
  return withBackbone({ blocks });
}

describe("checkRules refuses", () => {
  it("a cycle", () => {
    expect(() => checkRules(withBlock(5, { parents: [2, 8] }))).toThrow(
      "block 5 names block 8 as a parent, which is not built before it: that would be a cycle. Parents must come earlier in the list",
    );
    expect(() => checkRules(withBlock(5, { parents: [5, 2] }))).toThrow("block 5 names block 5 as a parent");
  });

  it("an unknown parent", () => {
    expect(() => checkRules(withBlock(5, { parents: [2, 40] }))).toThrow(
      "block 5 names block 40 as a parent, but the last block is 16",
    );
  });

  it("one parent named twice", () => {
    expect(() => checkRules(withBlock(5, { parents: [2, 2] }))).toThrow(
      "block 5 names block 2 twice as a parent; name two different blocks, or one",
    );
  });

  it("two outputs of one level", () => {
    expect(() => checkRules(withBlock(11, { output: true }))).toThrow(
      "blocks 11 and 14 are both the output of level 5; each level has one",
    );
  });

  it("a network without an output", () => {
    const blocks = model.backbone.blocks.map((block) => ({ ...block, output: false }));
    expect(() => checkRules(withBackbone({ blocks }))).toThrow(
      'no block is marked "output": true, so nothing reaches the head',
    );
  });

  it("a level without a width", () => {
    const { 6: _, ...widths } = model.backbone.widths;
    expect(() => checkRules(withBackbone({ widths }))).toThrow(
      'block 6 is at level 6, for which "widths" has no entry',
    );
  });

  it("a first convolution that scales to nothing", () => {
    expect(() => checkRules(modelByName("spinenet-mobile-49", { width: 0.12 }))).toThrow(
      'the first convolution has 8 × 0.12 filters, which is less than one: widen "stemWidth" or "widthMultiplier"',
    );
  });

  it("a width that scales to nothing", () => {
    expect(() => checkRules(withBackbone({ widthMultiplier: 0.01 }))).toThrow(
      'level 2 has 64 × 0.01 filters, which is less than one: widen "widths" or "widthMultiplier"',
    );
  });

  it("an α that leaves a connection without filters, of a stem block too", () => {
    // 64 × 0.01 = 0.64, truncated to 0.
    const sentence = '"alpha" 0.01 leaves connections from block 0 without a filter: raise it';
    expect(() => checkRules(withBackbone({ alpha: 0.01 }))).toThrow(sentence);
    const coarse = modelByName("r23-sp30").backbone.blocks.map((block) => ({ ...block, parents: [0, 6] }));
    const stemNarrow = withBackbone({ blocks: coarse, alpha: 0.01 }, modelByName("r23-sp30"));
    expect(() => checkRules(stemNarrow)).toThrow(sentence);
  });

  it("an input whose levels do not relate by whole numbers", () => {
    // 192 / 32 = 6 cells at level 5, ceil(192 / 128) = 2 at level 7; four times 2 is 8, not 6.
    expect(() => checkRules(modelByName("spinenet-49", { size: 192 }))).toThrow(
      "inputSize 192×192: block 10 (level 5) and its parent 9 (level 7) have 6 and 2 cells a side, and repeating pixels cannot fill that; use multiples of 128",
    );
  });

  it("224 px on the Model Garden's path, but not on TF1's", () => {
    const at = (padding: "same" | "symmetric"): Model =>
      modelByName("spinenet-49", { size: 224, padding, head: "classifier" });
    expect(() => checkRules(at("same"))).toThrow("inputSize 224×224");
    expect(layersOf(at("symmetric")).length).toBeGreaterThan(0);
  });

  it("an input so narrow that its sides would have to be halved unequally often", () => {
    const blocks: PermutedBlock[] = [{ level: 7, kind: "bottleneck", parents: [0, 1], output: true }];
    // Level 2 has 16 × 128 cells, level 7 has 1 × 4: four halvings meet 1 and leave 8 across.
    expect(() => checkRules({ ...withBackbone({ blocks }), inputSize: [64, 512] })).toThrow(
      "have one side too short to be halved as often as the other",
    );
    expect(() => checkRules({ ...withBackbone({ blocks }), inputSize: [128, 512] })).not.toThrow();
  });

  it("a stem that skips a level or climbs", () => {
    const stem = (levels: readonly (2 | 3 | 4)[]): Model =>
      withBackbone({ stem: levels.map((level) => ({ level, kind: "bottleneck" })) });
    expect(() => checkRules(stem([2, 4]))).toThrow(
      "stem block 1 is at level 4 after level 2: a stem goes down one level at a time",
    );
    expect(() => checkRules(stem([3, 2]))).toThrow("stem block 1 is at level 2 after level 3");
  });

  it("blocks of a kind the family does not have", () => {
    expect(() => checkRules(withBlock(5, { kind: "mbconv" }))).toThrow(
      'block 5 is of kind "mbconv", which the family "scale-permuted" does not have',
    );
    expect(() => checkRules(withBackbone({ stem: [{ level: 2, kind: "mbconv" }] }))).toThrow(
      'block 0 is of kind "mbconv"',
    );
    expect(() => checkRules(withBackbone({ family: "mobile" }))).toThrow(
      'block 0 is of kind "bottleneck", which the family "mobile" does not have',
    );
  });

  it("permuted blocks in a ResNet", () => {
    expect(() => checkRules(withBackbone({ family: "resnet" }))).toThrow(
      'the family "resnet" has no scale-permuted blocks; use "scale-permuted"',
    );
  });

  it("an FPN on a permuted backbone, on a backbone that ends early, and at a size it cannot double", () => {
    expect(() => checkRules({ ...model, decoder: { kind: "fpn", width: 256 } })).toThrow(
      'an "fpn" decoder reads a "resnet" backbone; a scale-permuted one has its own outputs (decoder "none")',
    );
    const resNet = modelByName("resnet-50-fpn");
    const stem = resNet.backbone.stem.filter(({ level }) => level < 5);
    expect(() => checkRules(withBackbone({ stem }, resNet))).toThrow(
      'an "fpn" decoder reads levels 3, 4 and 5, but no block is at level 5',
    );
    expect(() => checkRules({ ...resNet, inputSize: [640, 650] })).toThrow(
      'inputSize 640×650: an "fpn" needs multiples of 32, so that doubling fits each level',
    );
  });

  it("a RetinaNet head right on a ResNet", () => {
    expect(() => checkRules({ ...modelByName("resnet-50-fpn"), decoder: { kind: "none" } })).toThrow(
      'a "resnet" backbone needs the decoder "fpn" under a "retinanet" head',
    );
  });
});
