import type { BlockKind } from "../model/model.js";
import type { BlockSettings } from "./blockSettings.js";
import type { FeatureMap, LayerBuilder } from "./layerBuilder.js";
import { blockChannels } from "./widths.js";

/**
 * ResNet's blocks: a bottleneck of 1×1, 3×3 and 1×1 convolutions, or a residual block of two 3×3 (paper, figure 5).
 * As in ResNet v1, the last activation follows the sum; a bottleneck's stride is on its 3×3 convolution.
 */
export function addResidualBlock(
  list: LayerBuilder,
  kind: Exclude<BlockKind, "mbconv">,
  from: FeatureMap,
  { width, stride, dropRate }: BlockSettings,
): FeatureMap {
  const channels = blockChannels(kind, width);
  const changes = from.channels !== channels || stride !== 1;
  const shortcut = changes ? list.convNorm("shortcut", from, channels, { kernelSize: 1, stride }) : from;
  let branch = from;
  if (kind === "bottleneck") {
    branch = list.convNormActivation("conv1", branch, width, { kernelSize: 1 });
    branch = list.convNormActivation("conv2", branch, width, { kernelSize: 3, stride });
    branch = list.convNorm("conv3", branch, channels, { kernelSize: 1 });
  } else {
    branch = list.convNormActivation("conv1", branch, width, { kernelSize: 3, stride });
    branch = list.convNorm("conv2", branch, channels, { kernelSize: 3 });
  }
  branch = list.dropConnect("dropConnect", branch, dropRate);
  return list.activation("activation", list.add("add", [branch, shortcut]));
}
