import type { BlockKind, Model } from "../model/model.js";
import { addBlock, blockChannels, scaledWidth, stemFilters } from "./blocks.js";
import { addResampling } from "./crossScaleConnection.js";
import { featureSize } from "./featureSize.js";
import type { FeatureMap, LayerList } from "./layerList.js";

interface Node {
  readonly map: FeatureMap;
  readonly kind: BlockKind;
  /** How many later nodes read this one, the next of the stem among them. */
  children: number;
}

/** Layers of stem, blocks and endpoints; the maps that the decoder or head reads, by level. */
export function addBackbone(list: LayerList, model: Model): Map<number, FeatureMap> {
  const nodes = addStem(list, model);
  return model.backbone.family === "resnet"
    ? lastOfEachLevel(nodes, model)
    : addPermutedBlocks(list, model, nodes);
}

function addStem(list: LayerList, model: Model): Node[] {
  const { backbone } = model;
  const mobile = backbone.family === "mobile";
  list.block = "stem";
  const window = { kernelSize: mobile ? 3 : 7, stride: 2 };
  let map = list.convolution("stem/conv", list.input(), stemFilters(backbone), window);
  map = list.activation("stem/activation", list.batchNorm("stem/norm", map));
  let level = 1;
  if (!mobile) {
    map = list.maxPool("stem/pool", map, 3, 2);
    level = 2;
  }
  return backbone.stem.map((block, index, { length }) => {
    list.block = String(index);
    const settings = {
      kind: block.kind,
      width: scaledWidth(backbone, block.level),
      stride: 2 ** (block.level - level),
      repeats: backbone.family === "resnet" ? 1 : backbone.repeats,
      dropRate: 0,
    };
    level = block.level;
    map = addBlock(list, `block${index}`, map, settings, model);
    return { map, kind: block.kind, children: index < length - 1 ? 1 : 0 };
  });
}

/**
 * Resample the parents, add them, activate, run the block; an output node also takes in every node of its size
 * and width that nobody reads (figure 4d: #11 into #14), and ends in an endpoint.
 */
function addPermutedBlocks(list: LayerList, model: Model, nodes: Node[]): Map<number, FeatureMap> {
  const { backbone, inputSize } = model;
  const outputs = new Map<number, FeatureMap>();
  backbone.blocks.forEach((block, position) => {
    const index = nodes.length;
    const prefix = `block${index}`;
    list.block = String(index);
    const width = scaledWidth(backbone, block.level);
    const target = {
      height: featureSize(inputSize[0], block.level),
      width: featureSize(inputSize[1], block.level),
      channels: blockChannels(block.kind, width),
    };
    const terms = block.parents.map((parent, edge) =>
      addResampling(list, `${prefix}/parent${edge}`, nodes[parent]!, target, model),
    );
    if (block.output) {
      for (const parent of block.parents) nodes[parent]!.children++;
      for (const dangling of nodes.filter((node) => node.children === 0 && sameSize(node.map, target))) {
        terms.push(dangling.map);
        dangling.children++;
      }
    } else {
      for (const parent of block.parents) nodes[parent]!.children++;
    }
    const sum = terms.length === 1 ? terms[0]! : list.add(`${prefix}/fuse`, terms);
    const map = addBlock(
      list,
      prefix,
      list.activation(`${prefix}/fuseActivation`, sum),
      {
        kind: block.kind,
        width,
        stride: 1,
        repeats: backbone.repeats,
        // The Model Garden divides by 16, since it builds a sixteenth block that it then prunes; here as in TF1.
        dropRate: (backbone.dropConnect * (position + 1)) / backbone.blocks.length,
      },
      model,
    );
    nodes.push({ map, kind: block.kind, children: 0 });
    if (block.output) outputs.set(block.level, map);
  });
  return addEndpoints(list, model, outputs);
}

function sameSize(map: FeatureMap, target: { height: number; width: number; channels: number }): boolean {
  return map.height === target.height && map.width === target.width && map.channels === target.channels;
}

function addEndpoints(
  list: LayerList,
  model: Model,
  outputs: Map<number, FeatureMap>,
): Map<number, FeatureMap> {
  const levels = [...outputs.keys()].sort((a, b) => a - b);
  return new Map(
    levels.map((level) => {
      const prefix = `endpoint${level}`;
      list.block = `endpoint/${level}`;
      const map = list.convolution(`${prefix}/conv`, outputs.get(level)!, model.backbone.endpointWidth, {
        kernelSize: 1,
      });
      return [level, list.activation(`${prefix}/activation`, list.batchNorm(`${prefix}/norm`, map))];
    }),
  );
}

function lastOfEachLevel(nodes: readonly Node[], { backbone }: Model): Map<number, FeatureMap> {
  return new Map(nodes.map(({ map }, index) => [backbone.stem[index]!.level, map]));
}
