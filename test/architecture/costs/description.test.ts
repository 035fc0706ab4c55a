import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";

describe("descriptionOf", () => {
  const spineNet = descriptionOf(modelByName("spinenet-49"));

  it("says what the whole is", () => {
    const { model, family, size, classes, parameters, multiplyAdds } = spineNet;
    expect({ model, family, size, classes, parameters, multiplyAdds }).toEqual({
      model: "SpineNet-49",
      family: "scale-permuted",
      size: [640, 640],
      classes: 91,
      parameters: { trainable: 28_543_383, total: 28_652_567 },
      multiplyAdds: 85_281_555_200,
    });
  });

  it("lists what is not a block apart", () => {
    expect(spineNet.parts.map(({ id }) => id)).toEqual([
      "stem",
      "endpoint/3",
      "endpoint/4",
      "endpoint/5",
      "endpoint/6",
      "endpoint/7",
      "head",
    ]);
    expect(descriptionOf(modelByName("resnet-50-fpn")).parts.map(({ id }) => id)).toEqual([
      "stem",
      "fpn",
      "head",
    ]);
  });

  it("counts a block with its resamplings", () => {
    // Bottleneck 256→64→64→256: 16,384 + 36,864 + 16,384 + 2 × (64 + 64 + 256) = 70,400. Two resamplings of
    // 256→32→256: 2 × (8,192 + 8,192 + 2 × (32 + 256)) = 33,920.
    expect(spineNet.blocks[2]?.parameters.trainable).toBe(70_400 + 33_920);
    expect(spineNet.connections[1]).toMatchObject({ from: 0, to: 2, kind: "same", ratio: 1 });
    expect(spineNet.connections[1]?.parameters.trainable).toBe(16_960);
  });

  it("tells direct, resampled and dangling connections apart", () => {
    const count = (kind: string): number => spineNet.connections.filter((each) => each.kind === kind).length;
    expect(["direct", "same", "down", "up", "dangling"].map(count)).toEqual([1, 9, 16, 5, 1]);
    expect(spineNet.connections.find(({ kind }) => kind === "dangling")).toMatchObject({ from: 11, to: 14 });
    const resNet = descriptionOf(modelByName("resnet-50-fpn")).connections;
    expect(new Set(resNet.map(({ kind }) => kind))).toEqual(new Set(["direct"]));
    expect(resNet).toHaveLength(15);
  });

  it("names the maps that the head reads, and what they are made from", () => {
    expect(spineNet.pyramid.map(({ level, part, block }) => `P${level} ${part} of #${block}`)).toEqual([
      "P3 endpoint/3 of #13",
      "P4 endpoint/4 of #12",
      "P5 endpoint/5 of #14",
      "P6 endpoint/6 of #16",
      "P7 endpoint/7 of #15",
    ]);
    expect(descriptionOf(modelByName("resnet-50-fpn")).pyramid).toEqual([
      { level: 3, part: "fpn", shape: [80, 80, 256], block: 6, from: 4 },
      { level: 4, part: "fpn", shape: [40, 40, 256], block: 12, from: 5 },
      { level: 5, part: "fpn", shape: [20, 20, 256], block: 15 },
      { level: 6, part: "fpn", shape: [10, 10, 256], from: 5 },
      { level: 7, part: "fpn", shape: [5, 5, 256], from: 6 },
    ]);
  });

  it("lists a block that reaches no output, at no cost", () => {
    const model = modelByName("spinenet-49");
    const blocks = model.backbone.blocks.map((block, position) =>
      position === 9 ? { ...block, kind: "residual" as const } : block,
    );
    const { blocks: described, connections } = descriptionOf({
      ...model,
      backbone: { ...model.backbone, blocks },
    });
    expect(described[11]).toMatchObject({
      used: false,
      parents: [8, 10],
      parameters: { trainable: 0, total: 0 },
      multiplyAdds: 0,
    });
    expect(described.filter(({ used }) => !used)).toHaveLength(1);
    expect(connections.filter(({ to }) => to === 11).map(({ operations }) => operations)).toEqual([[], []]);
  });

  it("survives JSON", () => {
    expect(JSON.parse(JSON.stringify(spineNet))).toEqual(spineNet);
  });
});
