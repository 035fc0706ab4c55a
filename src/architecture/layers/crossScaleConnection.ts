import type { BlockKind } from "../model/model.js";
import type { FeatureMap, LayerBuilder } from "./layerBuilder.js";
import { blockChannels } from "./widths.js";

/** The block that a connection leads from. */
export interface Parent {
  readonly map: FeatureMap;
  readonly kind: BlockKind;
}

/** What a parent's map is brought to. */
export interface Target {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * One cross-scale connection (paper, section 3.2 and figure 5): 1×1 to αC, then spatial resampling, then 1×1 to
 * the target's width without an activation. One between equal levels has the two 1×1 convolutions all the same.
 */
export function addCrossScaleConnection(list: LayerBuilder, parent: Parent, target: Target): FeatureMap {
  const { family } = list.model.backbone;
  let map = family === "mobile" ? addDepthwise(list, parent.map, target) : addReduced(list, parent, target);
  if (map.height !== target.height || map.width !== target.width) {
    map = list.resizeNearest("resize", map, target.height, target.width);
  }
  return list.convNorm("expand", map, target.channels, { kernelSize: 1 });
}

/** 1×1 to αC; on the way down a 3×3 convolution of stride 2, "followed by stride-2 max poolings if necessary". */
function addReduced(list: LayerBuilder, { map: from, kind }: Parent, target: Target): FeatureMap {
  const { backbone, padding } = list.model;
  const parentWidth = Math.trunc(from.channels / blockChannels(kind, 1));
  const filters = Math.trunc(parentWidth * backbone.alpha);
  const reduced = list.convNormActivation("reduce", from, filters, { kernelSize: 1 });
  if (reduced.height <= target.height) return reduced;
  const halved = list.convNormActivation("down", reduced, filters, { kernelSize: 3, stride: 2 });
  return padding === "same"
    ? addPools(list, halved, target)
    : addSinglePool(list, halved, reduced.height / target.height);
}

/** As the Model Garden does. */
function addPools(list: LayerBuilder, from: FeatureMap, target: Target): FeatureMap {
  let map = from;
  for (let pool = 1; map.height > target.height; pool++) map = list.maxPool(`pool${pool}`, map, 3, 2);
  return map;
}

/** The TF1 code pools once: 3×3 by 2 up to a total ratio of 4, beyond it 5×5 by half the ratio. */
function addSinglePool(list: LayerBuilder, from: FeatureMap, ratio: number): FeatureMap {
  if (ratio <= 2) return from;
  return ratio <= 4
    ? list.maxPool("pool1", from, 3, 2)
    : list.maxPool("pool1", from, 5, Math.trunc(ratio / 2));
}

/** SpineNet-Mobile: no first 1×1; one depthwise convolution of stride 2 per halving (paper, appendix A). */
function addDepthwise(list: LayerBuilder, from: FeatureMap, target: Target): FeatureMap {
  let map = from;
  for (let halving = 1; map.height > target.height; halving++) {
    const label = `down${halving}`;
    map = list.normActivation(label, list.depthwise(label, map, { kernelSize: 3, stride: 2 }));
  }
  return map;
}
