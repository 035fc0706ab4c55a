import type { Backbone, BlockKind, Model } from "../model/model.js";
import type { FeatureMap, LayerList } from "./layerList.js";

/** Widths are truncated, never rounded (as both official codes do). */
export function scaledWidth(backbone: Backbone, level: number): number {
  return Math.trunc(backbone.widths[level]! * backbone.widthMultiplier);
}

/** Filters of the first convolution, which only the mobile family scales. */
export function stemFilters({ family, stemWidth, widthMultiplier }: Backbone): number {
  return family === "mobile" ? Math.trunc(stemWidth * widthMultiplier) : stemWidth;
}

/** Channels that leave a block: four times its 3×3 width for a bottleneck, else that width (paper, section 3.2). */
export function blockChannels(kind: BlockKind, width: number): number {
  return kind === "bottleneck" ? 4 * width : width;
}

export interface BlockSettings {
  readonly kind: BlockKind;
  readonly width: number;
  readonly stride: number;
  readonly repeats: number;
  readonly dropRate: number;
}

/** A block and its repeats, chained; only the last one's output is seen by other blocks (paper, figure 6). */
export function addBlock(
  list: LayerList,
  prefix: string,
  from: FeatureMap,
  settings: BlockSettings,
  model: Model,
): FeatureMap {
  let map = from;
  for (let repeat = 0; repeat < settings.repeats; repeat++) {
    const name = settings.repeats === 1 ? prefix : `${prefix}/repeat${repeat}`;
    const stride = repeat === 0 ? settings.stride : 1;
    map =
      settings.kind === "mbconv"
        ? addInvertedBottleneck(list, name, map, { ...settings, stride }, model)
        : addResidualUnit(list, name, map, { ...settings, stride });
  }
  return map;
}

/** ResNet v1 with the stride on the 3×3 convolution: bottleneck 1×1, 3×3, 1×1; residual 3×3, 3×3. */
function addResidualUnit(
  list: LayerList,
  name: string,
  from: FeatureMap,
  settings: BlockSettings,
): FeatureMap {
  const { kind, width, stride, dropRate } = settings;
  const channels = blockChannels(kind, width);
  const steps =
    kind === "bottleneck"
      ? [
          { filters: width, kernelSize: 1, stride: 1 },
          { filters: width, kernelSize: 3, stride },
          { filters: channels, kernelSize: 1, stride: 1 },
        ]
      : [
          { filters: width, kernelSize: 3, stride },
          { filters: channels, kernelSize: 3, stride: 1 },
        ];
  let shortcut = from;
  if (from.channels !== channels || stride !== 1) {
    shortcut = list.convolution(`${name}/shortcut`, from, channels, { kernelSize: 1, stride });
    shortcut = list.batchNorm(`${name}/shortcutNorm`, shortcut);
  }
  let branch = from;
  steps.forEach(({ filters, ...window }, index) => {
    const step = `${name}/conv${index + 1}`;
    branch = list.batchNorm(`${step}Norm`, list.convolution(step, branch, filters, window));
    if (index < steps.length - 1) branch = list.activation(`${step}Activation`, branch);
  });
  branch = list.dropConnect(`${name}/dropConnect`, branch, dropRate);
  return list.activation(`${name}/activation`, list.add(`${name}/add`, [branch, shortcut]));
}

const expansion = 6;
const squeezeRatio = 0.2;

/** MBConv: expand ×6, depthwise 3×3, squeeze and excite, project without activation (paper, appendix A). */
function addInvertedBottleneck(
  list: LayerList,
  name: string,
  from: FeatureMap,
  settings: BlockSettings,
  model: Model,
): FeatureMap {
  const { width, stride, dropRate } = settings;
  let map = list.convolution(`${name}/expand`, from, from.channels * expansion, { kernelSize: 1 });
  map = list.activation(`${name}/expandActivation`, list.batchNorm(`${name}/expandNorm`, map));
  map = list.depthwise(`${name}/depthwise`, map, { kernelSize: 3, stride });
  map = list.activation(`${name}/depthwiseActivation`, list.batchNorm(`${name}/depthwiseNorm`, map));
  map = addSqueezeExcitation(list, name, map, Math.max(1, Math.trunc(from.channels * squeezeRatio)), model);
  map = list.batchNorm(
    `${name}/projectNorm`,
    list.convolution(`${name}/project`, map, width, { kernelSize: 1 }),
  );
  if (from.channels !== width || stride !== 1) return map;
  return list.add(`${name}/add`, [list.dropConnect(`${name}/dropConnect`, map, dropRate), from]);
}

/** The two official codes differ: TF1 gates with swish and sigmoid, the Model Garden with ReLU and hard sigmoid. */
function addSqueezeExcitation(
  list: LayerList,
  name: string,
  from: FeatureMap,
  filters: number,
  { padding }: Model,
): FeatureMap {
  const convolution = { kernelSize: 1, bias: true };
  let gate = list.globalAveragePool(`${name}/squeeze`, from);
  gate = list.convolution(`${name}/squeezeReduce`, gate, filters, convolution);
  gate = list.activation(`${name}/squeezeActivation`, gate, padding === "same" ? "relu" : "swish");
  gate = list.convolution(`${name}/squeezeExpand`, gate, from.channels, convolution);
  gate = list.activation(`${name}/gate`, gate, padding === "same" ? "hard-sigmoid" : "sigmoid");
  return list.multiply(`${name}/excite`, from, gate);
}
