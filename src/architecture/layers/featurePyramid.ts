import type { Level } from "../model/level.js";
import type { FeatureMap, LayerBuilder } from "./layerBuilder.js";

/**
 * The FPN of the published baselines: lateral 1×1 and nearest top-down sums from levels 3 to 5, a 3×3 on each, two
 * coarser levels by strided 3×3, batch norm on every level and no activation after it. All convolutions have a bias.
 */
export function addFeaturePyramid(
  list: LayerBuilder,
  backbone: ReadonlyMap<Level, FeatureMap>,
  width: number,
): Map<Level, FeatureMap> {
  const at = (level: Level): LayerBuilder => list.within("fpn", { kind: "pyramid", level });
  const sums = new Map<Level, FeatureMap>();
  let above: FeatureMap | undefined;
  for (const level of [5, 4, 3] as const) {
    let map = at(level).convolution(`lateral${level}`, backbone.get(level)!, width, {
      kernelSize: 1,
      bias: true,
    });
    if (above) {
      const upsampled = at(level).resizeNearest(`upsample${level}`, above, map.height, map.width);
      map = at(level).add(`add${level}`, [map, upsampled]);
    }
    sums.set(level, map);
    above = map;
  }
  const pyramid = new Map<Level, FeatureMap>();
  for (const level of [3, 4, 5] as const) {
    const window = { kernelSize: 3, bias: true };
    pyramid.set(level, at(level).convolution(`output${level}`, sums.get(level)!, width, window));
  }
  // Both official codes pad these as 'same', the TF1 code too, which pads its backbones' strides symmetrically.
  const strided = { kernelSize: 3, stride: 2, bias: true, padding: "same" } as const;
  const level6 = at(6).convolution("coarser6", pyramid.get(5)!, width, strided);
  // The TF1 code has ReLU here whatever the rest of the network has.
  const kind = list.model.padding === "symmetric" ? "relu" : list.model.backbone.activation;
  const activated = at(6).activation("coarser6Activation", level6, kind);
  pyramid.set(6, level6);
  pyramid.set(7, at(7).convolution("coarser7", activated, width, strided));
  return new Map([...pyramid].map(([level, map]) => [level, at(level).batchNorm(`norm${level}`, map)]));
}
