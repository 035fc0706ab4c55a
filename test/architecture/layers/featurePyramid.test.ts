import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../src/architecture/layers/tensors.js";
import { told } from "./layersNamed.js";

const fpn = layersOf(modelByName("resnet-50-fpn")).filter(({ part }) => part.kind === "pyramid");

describe("the feature pyramid", () => {
  it("sums lateral and doubled maps from level 5 down, then strides twice for levels 6 and 7", () => {
    expect(fpn.map((layer) => `${layer.name}: ${told(layer)} of ${layer.inputs.join(" ")}`)).toEqual([
      "fpn/lateral5: conv 1×1/1 → 20×20×256 of block15/activation",
      "fpn/lateral4: conv 1×1/1 → 40×40×256 of block12/activation",
      "fpn/upsample4: resizeNearest → 40×40×256 of fpn/lateral5",
      "fpn/add4: add → 40×40×256 of fpn/lateral4 fpn/upsample4",
      "fpn/lateral3: conv 1×1/1 → 80×80×256 of block6/activation",
      "fpn/upsample3: resizeNearest → 80×80×256 of fpn/add4",
      "fpn/add3: add → 80×80×256 of fpn/lateral3 fpn/upsample3",
      "fpn/output3: conv 3×3/1 → 80×80×256 of fpn/add3",
      "fpn/output4: conv 3×3/1 → 40×40×256 of fpn/add4",
      "fpn/output5: conv 3×3/1 → 20×20×256 of fpn/lateral5",
      "fpn/coarser6: conv 3×3/2 → 10×10×256 of fpn/output5",
      "fpn/coarser6Activation: activation relu → 10×10×256 of fpn/coarser6",
      "fpn/coarser7: conv 3×3/2 → 5×5×256 of fpn/coarser6Activation",
      "fpn/norm3: batchNorm → 80×80×256 of fpn/output3",
      "fpn/norm4: batchNorm → 40×40×256 of fpn/output4",
      "fpn/norm5: batchNorm → 20×20×256 of fpn/output5",
      "fpn/norm6: batchNorm → 10×10×256 of fpn/coarser6",
      "fpn/norm7: batchNorm → 5×5×256 of fpn/coarser7",
    ]);
  });

  it("has a bias on each of its eight convolutions", () => {
    expect(tensorsOf(fpn).filter(({ name }) => name.endsWith("/bias"))).toHaveLength(8);
  });

  it("pads a TF1 checkpoint's strides as 'same' all the same, and has ReLU between them", () => {
    const tf1 = layersOf(modelByName("resnet-50-fpn", { padding: "symmetric", activation: "swish" }));
    const padding = tf1.flatMap((layer) =>
      layer.op === "conv" && layer.attributes.stride > 1 && layer.part.kind === "pyramid"
        ? [layer.attributes.padding]
        : [],
    );
    expect(padding).toEqual(["same", "same"]);
    expect(tf1.find(({ name }) => name === "fpn/coarser6Activation")?.attributes).toEqual({ kind: "relu" });
  });
});
