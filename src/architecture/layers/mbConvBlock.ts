import type { BlockSettings } from "./blockSettings.js";
import type { FeatureMap, LayerBuilder } from "./layerBuilder.js";
import { addSqueezeExcitation } from "./squeezeExcitation.js";

const expansion = 6;
const squeezeRatio = 0.2;

/** MBConv: expand ×6, depthwise 3×3, squeeze and excite, project without activation (paper, appendix A). */
export function addMbConvBlock(
  list: LayerBuilder,
  from: FeatureMap,
  { width, stride, dropRate }: BlockSettings,
): FeatureMap {
  let map = list.convNormActivation("expand", from, from.channels * expansion, { kernelSize: 1 });
  map = list.normActivation("depthwise", list.depthwise("depthwise", map, { kernelSize: 3, stride }));
  map = addSqueezeExcitation(list, map, Math.max(1, Math.trunc(from.channels * squeezeRatio)));
  map = list.convNorm("project", map, width, { kernelSize: 1 });
  if (from.channels !== width || stride !== 1) return map;
  return list.add("add", [list.dropConnect("dropConnect", map, dropRate), from]);
}
