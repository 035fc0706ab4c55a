import type { BlockSettings } from "./blockSettings.js";
import type { FeatureMap, LayerList } from "./layerList.js";

const expansion = 6;
const squeezeRatio = 0.2;

/** MBConv: expand ×6, depthwise 3×3, squeeze and excite, project without activation (paper, appendix A). */
export function addMbConvBlock(
  list: LayerList,
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

/** The two official codes differ: TF1 gates with swish and sigmoid, the Model Garden with ReLU and hard sigmoid. */
function addSqueezeExcitation(list: LayerList, from: FeatureMap, filters: number): FeatureMap {
  const window = { kernelSize: 1, bias: true };
  const modelGarden = list.model.padding === "same";
  let gate = list.globalAveragePool("squeeze", from);
  gate = list.convolution("squeezeReduce", gate, filters, window);
  gate = list.activation("squeezeActivation", gate, modelGarden ? "relu" : "swish");
  gate = list.convolution("squeezeExpand", gate, from.channels, window);
  gate = list.activation("gate", gate, modelGarden ? "hard-sigmoid" : "sigmoid");
  return list.multiply("excite", from, gate);
}
