import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { LayerBuilder } from "../../../src/architecture/layers/layerBuilder.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";

describe("LayerBuilder", () => {
  it("pads a strided convolution as TensorFlow's same, or on both sides for TF1's checkpoints", () => {
    const paddings = (padding: "same" | "symmetric"): unknown[] =>
      ["stem/conv", "block3/parent0/down", "block0/conv2"].map((name) => {
        const layer = layersOf(modelByName("spinenet-49", { padding })).find((each) => each.name === name);
        return layer?.op === "conv" ? layer.attributes.padding : undefined;
      });
    expect(paddings("same")).toEqual(["same", "same", "same"]);
    // 7×7 by 2: three zeros on each side; 3×3 by 2: one; at stride 1 the two are the same thing.
    expect(paddings("symmetric")).toEqual([
      [
        [3, 3],
        [3, 3],
      ],
      [
        [1, 1],
        [1, 1],
      ],
      "same",
    ]);
  });

  it("changes nothing but paddings, the one pool and the anchors' order between the two", () => {
    const kept = (padding: "same" | "symmetric"): string[] =>
      layersOf(modelByName("spinenet-49", { padding }))
        .filter(({ op }) => op !== "maxPool")
        .map(({ name, op, shape }) => `${name} ${op} ${shape.join("×")}`);
    expect(kept("symmetric")).toEqual(kept("same"));
  });

  it("rounds odd sides up at each stride", () => {
    const list = new LayerBuilder(modelByName("spinenet-49", { size: [225, 97] }));
    const map = list.convolution("c", list.input(), 4, { kernelSize: 3, stride: 2 });
    // ceil(225 / 2) = 113, ceil(97 / 2) = 49; ceil(113 / 4) = 29, ceil(49 / 4) = 13.
    expect([map.height, map.width, map.channels]).toEqual([113, 49, 4]);
    expect(list.maxPool("p", map, 5, 4)).toMatchObject({ height: 29, width: 13, channels: 4 });
  });

  it("adds no layer for stochastic depth at rate 0", () => {
    const list = new LayerBuilder(modelByName("spinenet-49"));
    const input = list.input();
    expect(list.dropConnect("d", input, 0)).toBe(input);
    expect(list.layers).toHaveLength(1);
  });
});
