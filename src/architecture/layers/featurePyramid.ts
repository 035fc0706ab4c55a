import type { FeatureMap, LayerList } from "./layerList.js";

/**
 * The FPN of the published baselines: lateral 1×1 and nearest top-down sums from levels 3 to 5, a 3×3 on each, two
 * coarser levels by strided 3×3, batch norm on every level and no activation after it. All convolutions have a bias.
 */
export function addFeaturePyramid(
  list: LayerList,
  backbone: ReadonlyMap<number, FeatureMap>,
  width: number,
): Map<number, FeatureMap> {
  list.block = "fpn";
  const sums = new Map<number, FeatureMap>();
  for (const level of [5, 4, 3]) {
    let map = list.convolution(`fpn/lateral${level}`, backbone.get(level)!, width, {
      kernelSize: 1,
      bias: true,
    });
    const above = sums.get(level + 1);
    if (above) {
      const upsampled = list.resizeNearest(`fpn/upsample${level}`, above, map.height, map.width);
      map = list.add(`fpn/add${level}`, [map, upsampled]);
    }
    sums.set(level, map);
  }
  const pyramid = new Map<number, FeatureMap>();
  for (const level of [3, 4, 5]) {
    pyramid.set(
      level,
      list.convolution(`fpn/output${level}`, sums.get(level)!, width, { kernelSize: 3, bias: true }),
    );
  }
  const strided = { kernelSize: 3, stride: 2, bias: true };
  const level6 = list.convolution("fpn/coarser6", pyramid.get(5)!, width, strided);
  const activated = list.activation("fpn/coarser6Activation", level6);
  pyramid.set(6, level6);
  pyramid.set(7, list.convolution("fpn/coarser7", activated, width, strided));
  return new Map([...pyramid].map(([level, map]) => [level, list.batchNorm(`fpn/norm${level}`, map)]));
}
