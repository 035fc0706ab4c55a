import type { FeatureMap, LayerBuilder } from "./layerBuilder.js";
import { stemFilters } from "./widths.js";

/** The stem: ResNet's 7×7 convolution and max pool to level 2, or the mobile family's 3×3 convolution to level 1. */
export function addStem(list: LayerBuilder): FeatureMap {
  const { backbone } = list.model;
  const mobile = backbone.family === "mobile";
  const input = list.input();
  const stem = list.within("stem", { kind: "stem" });
  const map = stem.convolution("conv", input, stemFilters(backbone), {
    kernelSize: mobile ? 3 : 7,
    stride: 2,
  });
  const activated = stem.activation("activation", stem.batchNorm("norm", map));
  return mobile ? activated : stem.maxPool("pool", activated, 3, 2);
}
