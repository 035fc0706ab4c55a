import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/named.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { layersNamed, told } from "./layersNamed.js";

describe("blocks", () => {
  it("of kind residual are two 3×3 convolutions, and activate after the sum", () => {
    const layers = layersOf(modelByName("spinenet-49"));
    const body = layersNamed(layers, "block3/").filter(({ name }) => !/parent|fuse/.test(name));
    expect(body.map(told)).toEqual([
      "conv 3×3/1 → 40×40×256",
      "batchNorm → 40×40×256",
      "activation relu → 40×40×256",
      "conv 3×3/1 → 40×40×256",
      "batchNorm → 40×40×256",
      "add → 40×40×256",
      "activation relu → 40×40×256",
    ]);
  });

  it("of kind bottleneck stride on the 3×3 convolution", () => {
    const body = layersNamed(layersOf(modelByName("resnet-50-fpn")), "block3/");
    expect(body.map(told)).toEqual([
      "conv 1×1/2 → 80×80×512",
      "batchNorm → 80×80×512",
      "conv 1×1/1 → 160×160×128",
      "batchNorm → 160×160×128",
      "activation relu → 160×160×128",
      "conv 3×3/2 → 80×80×128",
      "batchNorm → 80×80×128",
      "activation relu → 80×80×128",
      "conv 1×1/1 → 80×80×512",
      "batchNorm → 80×80×512",
      "add → 80×80×512",
      "activation relu → 80×80×512",
    ]);
  });

  it("of kind mbconv expand six times, squeeze to a fifth of their input and add only where nothing changed", () => {
    const layers = layersOf(modelByName("spinenet-mobile-49"));
    const body = (id: number): string[] =>
      layersNamed(layers, `block${id}/`)
        .filter(({ name }) => !/parent|fuse/.test(name))
        .map(told);
    // 24 × 6 = 144; 24 × 0.2 = 4.8, truncated to 4.
    expect(body(2)).toEqual([
      "conv 1×1/1 → 96×96×144",
      "batchNorm → 96×96×144",
      "activation swish → 96×96×144",
      "depthwiseConv 3×3/1 → 96×96×144",
      "batchNorm → 96×96×144",
      "activation swish → 96×96×144",
      "globalAveragePool → 1×1×144",
      "conv 1×1/1 → 1×1×4",
      "activation relu → 1×1×4",
      "conv 1×1/1 → 1×1×144",
      "activation hard-sigmoid → 1×1×144",
      "multiply → 96×96×144",
      "conv 1×1/1 → 96×96×24",
      "batchNorm → 96×96×24",
      "add → 96×96×24",
    ]);
    expect(body(0).at(-1)).toBe("batchNorm → 192×192×16");
  });

  it("of kind mbconv gate with swish and sigmoid where weights come from TF1", () => {
    const layers = layersOf(modelByName("spinenet-mobile-49", { padding: "symmetric" }));
    expect(layersNamed(layers, "block2/squeezeActivation").map(told)).toEqual(["activation swish → 1×1×4"]);
    expect(layersNamed(layers, "block2/gate").map(told)).toEqual(["activation sigmoid → 1×1×144"]);
  });
});
