import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { layersNamed, told } from "./layersNamed.js";

describe("ResNet's blocks", () => {
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
});
