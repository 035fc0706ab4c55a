import type { BlockKind, Model } from "../model/model.js";
import { blockChannels } from "./blocks.js";
import type { FeatureMap, LayerList } from "./layerList.js";

export interface ResamplingParent {
  readonly map: FeatureMap;
  readonly kind: BlockKind;
}

export interface ResamplingTarget {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * One cross-scale connection (paper, section 3.2 and figure 5): 1×1 to αC, then spatial resampling, then 1×1 to
 * the target's width without an activation. Every connection is resampled, also one between equal levels.
 */
export function addResampling(
  list: LayerList,
  prefix: string,
  parent: ResamplingParent,
  target: ResamplingTarget,
  model: Model,
): FeatureMap {
  return model.backbone.family === "mobile"
    ? addDepthwiseResampling(list, prefix, parent.map, target)
    : addAlphaResampling(list, prefix, parent, target, model);
}

function addAlphaResampling(
  list: LayerList,
  prefix: string,
  { map: from, kind }: ResamplingParent,
  target: ResamplingTarget,
  { backbone, padding }: Model,
): FeatureMap {
  const parentWidth = Math.trunc(from.channels / blockChannels(kind, 1));
  const filters = Math.trunc(parentWidth * backbone.alpha);
  let map = list.convolution(`${prefix}/reduce`, from, filters, { kernelSize: 1 });
  map = list.activation(`${prefix}/reduceActivation`, list.batchNorm(`${prefix}/reduceNorm`, map));
  if (map.height > target.height) {
    const ratio = map.height / target.height;
    map = list.convolution(`${prefix}/down`, map, filters, { kernelSize: 3, stride: 2 });
    map = list.activation(`${prefix}/downActivation`, list.batchNorm(`${prefix}/downNorm`, map));
    map = padding === "same" ? addPools(list, prefix, map, target) : addSinglePool(list, prefix, map, ratio);
  }
  if (map.height !== target.height || map.width !== target.width) {
    map = list.resizeNearest(`${prefix}/resize`, map, target.height, target.width);
  }
  map = list.convolution(`${prefix}/expand`, map, target.channels, { kernelSize: 1 });
  return list.batchNorm(`${prefix}/expandNorm`, map);
}

/** "Followed by stride-2 max poolings if necessary" (section 3.2): as the Model Garden does. */
function addPools(list: LayerList, prefix: string, from: FeatureMap, target: ResamplingTarget): FeatureMap {
  let map = from;
  for (let pool = 1; map.height > target.height; pool++)
    map = list.maxPool(`${prefix}/pool${pool}`, map, 3, 2);
  return map;
}

/** The TF1 code pools once: 3×3 by 2 up to a total ratio of 4, beyond it 5×5 by half the ratio. */
function addSinglePool(list: LayerList, prefix: string, from: FeatureMap, ratio: number): FeatureMap {
  if (ratio <= 2) return from;
  if (ratio <= 4) return list.maxPool(`${prefix}/pool1`, from, 3, 2);
  return list.maxPool(`${prefix}/pool1`, from, 5, Math.trunc(ratio / 2));
}

/** SpineNet-Mobile: no first 1×1; one strided depthwise convolution a halving (paper, appendix A). */
function addDepthwiseResampling(
  list: LayerList,
  prefix: string,
  from: FeatureMap,
  target: ResamplingTarget,
): FeatureMap {
  let map = from;
  for (let step = 1; map.height > target.height; step++) {
    map = list.depthwise(`${prefix}/down${step}`, map, { kernelSize: 3, stride: 2 });
    map = list.activation(
      `${prefix}/down${step}Activation`,
      list.batchNorm(`${prefix}/down${step}Norm`, map),
    );
  }
  if (map.height !== target.height || map.width !== target.width) {
    map = list.resizeNearest(`${prefix}/resize`, map, target.height, target.width);
  }
  map = list.convolution(`${prefix}/expand`, map, target.channels, { kernelSize: 1 });
  return list.batchNorm(`${prefix}/expandNorm`, map);
}
