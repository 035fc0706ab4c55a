import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { depthOf } from "../../../src/architecture/graph/depthStages.js";
import { fieldSide } from "../../../src/architecture/graph/receptiveField.js";

const resNet = depthOf(modelByName("resnet-50-fpn"));
const spineNet = depthOf(modelByName("spinenet-49"));
const levels = ({ stages }: typeof resNet) => stages.map(({ level }) => level);

describe("a network along its depth", () => {
  it("is of ResNet-50-FPN stem, 16 blocks that only coarsen, and the pyramid from its coarse end", () => {
    expect(levels(resNet)).toEqual([2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 4, 3, 6, 7]);
    expect(resNet.stages.filter(({ part }) => part === "pyramid").map(({ id }) => id)).toEqual([
      5, 4, 3, 6, 7,
    ]);
    expect(resNet.stages.filter(({ output }) => output)).toHaveLength(5);
  });

  it("is of SpineNet-49 stem and 17 blocks in the paper's order (figure 4d), the last five read by the head", () => {
    expect(levels(spineNet)).toEqual([2, 2, 2, 2, 4, 3, 4, 6, 4, 5, 7, 5, 5, 4, 3, 5, 7, 6]);
    expect(spineNet.stages.filter(({ output }) => output).map(({ id }) => id)).toEqual([12, 13, 14, 15, 16]);
  });

  it("has maps of the input's side over the stride", () => {
    for (const { stages } of [resNet, spineNet]) {
      for (const { cells, stride, level } of stages) {
        expect(stride).toBe(2 ** level);
        expect(cells).toEqual([640 / stride, 640 / stride]);
      }
    }
  });

  it("sees in SpineNet-49's first blocks what their convolutions add up to", () => {
    const side = (block: number) =>
      fieldSide(spineNet.stages.find(({ part, id }) => part === "block" && id === block)!.field);
    // Stem 11, and two blocks of 2 · 4.
    expect(side(1)).toBe(27);
    // Block 3 reads block 1 through a 3×3 convolution of stride 2 and a 3×3 pool, 2 · 4 and 2 · 8 more,
    // and has two 3×3 convolutions of its own, 2 · 2 · 16.
    expect(side(3)).toBe(27 + 8 + 16 + 64);
    // Block 4 reads it enlarged and has one 3×3 convolution at level 3. Three neighbours of 8 pixels repeat two of
    // its 16-pixel cells, so that 16 are added.
    expect(side(4)).toBe(115 + 16);
  });

  it("begins at level 1 in a mobile network, whose blocks' channel gates see everything", () => {
    const [stem, block] = depthOf(modelByName("spinenet-mobile-49")).stages;
    expect([stem!.level, stem!.stride, fieldSide(stem!.field)]).toEqual([1, 2, 3]);
    expect(fieldSide(block!.field)).toBe(Number.POSITIVE_INFINITY);
  });

  it("leaves out blocks that reach no output", () => {
    const model = modelByName("spinenet-49");
    const blocks = model.backbone.blocks.filter(({ output }) => !output);
    const kept = blocks.slice(0, 1).map((block) => ({ ...block, output: true }));
    const cut = { ...model, backbone: { ...model.backbone, blocks: kept } };
    expect(depthOf(cut).stages.map(({ part, id }) => `${part} ${id}`)).toEqual([
      "stem 0",
      "block 0",
      "block 1",
      "block 2",
    ]);
  });
});
