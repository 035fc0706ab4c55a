import type { BlockKind } from "../model/model.js";
import type { BlockSettings } from "./blockSettings.js";
import type { FeatureMap, LayerBuilder } from "./layerBuilder.js";
import { addMbConvBlock } from "./mbConvBlock.js";
import { addResidualBlock } from "./residualBlock.js";

/**
 * A block and its repeats, chained; other blocks see the last one's output only (paper, figure 6).
 *
 * @param id its place in the order of computation, stem blocks first
 */
export function addRepeatedBlock(
  list: LayerBuilder,
  id: number,
  { kind, repeats }: { readonly kind: BlockKind; readonly repeats: number },
  from: FeatureMap,
  settings: BlockSettings,
): FeatureMap {
  let map = from;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const unit =
      repeats === 1
        ? list.within(`block${id}`, { kind: "block", block: id })
        : list.within(`block${id}/repeat${repeat}`, { kind: "block", block: id, repeat });
    const own = { ...settings, stride: repeat === 0 ? settings.stride : 1 };
    map = kind === "mbconv" ? addMbConvBlock(unit, map, own) : addResidualBlock(unit, kind, map, own);
  }
  return map;
}
