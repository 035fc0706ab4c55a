import type { FeatureMap, LayerBuilder } from "./layerBuilder.js";

/**
 * Squeeze and excitation (Hu et al. 2018): each channel is scaled by a gate computed from all channels' means. The two
 * official codes differ: TF1 gates with swish and sigmoid, the Model Garden with ReLU and hard sigmoid.
 */
export function addSqueezeExcitation(list: LayerBuilder, from: FeatureMap, filters: number): FeatureMap {
  const window = { kernelSize: 1, bias: true };
  const modelGarden = list.model.padding === "same";
  let gate = list.globalAveragePool("squeeze", from);
  gate = list.convolution("squeezeReduce", gate, filters, window);
  gate = list.activation("squeezeActivation", gate, modelGarden ? "relu" : "swish");
  gate = list.convolution("squeezeExpand", gate, from.channels, window);
  gate = list.activation("gate", gate, modelGarden ? "hard-sigmoid" : "sigmoid");
  return list.multiply("excite", from, gate);
}
