import { featureSize, type Level } from "../model/level.js";
import type { BlockKind, PermutedBlock } from "../model/model.js";
import { addCrossScaleConnection, type Target } from "./crossScaleConnection.js";
import { dropConnectRate } from "./dropConnectRate.js";
import { addEndpoints } from "./endpoints.js";
import type { FeatureMap, LayerBuilder } from "./layerBuilder.js";
import { addRepeatedBlock } from "./repeatedBlock.js";
import { addStem } from "./stem.js";
import { blockChannels, scaledWidth } from "./widths.js";

/** A block that has been built. */
interface Node {
  readonly map: FeatureMap;
  readonly level: Level;
  readonly kind: BlockKind;
  /** Whether a later block reads it, the next of the chain among them. */
  read: boolean;
}

/** Layers of stem, blocks and endpoints; the maps that the decoder or head reads, by level. */
export function addBackbone(list: LayerBuilder): Map<Level, FeatureMap> {
  const chain = addChain(list, addStem(list));
  return list.model.backbone.family === "resnet"
    ? new Map(chain.map(({ level, map }) => [level, map]))
    : addPermutedBlocks(list, chain);
}

/** Blocks that each read the one before: all of ResNet, and the two that the paper counts in SpineNet's stem. */
function addChain(list: LayerBuilder, stem: FeatureMap): Node[] {
  const { backbone } = list.model;
  const repeats = backbone.family === "resnet" ? 1 : backbone.repeats;
  let map = stem;
  let before = backbone.family === "mobile" ? 1 : 2;
  return backbone.stem.map(({ level, kind }, id, { length }) => {
    const settings = { width: scaledWidth(backbone, level), stride: 2 ** (level - before), dropRate: 0 };
    before = level;
    map = addRepeatedBlock(list, id, { kind, repeats }, map, settings);
    return { map, level, kind, read: id < length - 1 };
  });
}

/** Scale-permuted blocks in order (paper, section 3.1), and an endpoint at each output. */
function addPermutedBlocks(list: LayerBuilder, chain: readonly Node[]): Map<Level, FeatureMap> {
  const nodes = [...chain];
  const outputs = new Map<Level, FeatureMap>();
  for (const [position, block] of list.model.backbone.blocks.entries()) {
    const map = addPermutedBlock(list, block, position, nodes);
    nodes.push({ map, level: block.level, kind: block.kind, read: false });
    if (block.output) outputs.set(block.level, map);
  }
  return addEndpoints(list, outputs);
}

/**
 * Resample the parents, add them, activate, run the block. An output also adds, as it is, every map of its size and
 * width that nobody reads (figure 4d: #11 into #14).
 */
function addPermutedBlock(
  list: LayerBuilder,
  { level, kind, parents, output }: PermutedBlock,
  position: number,
  nodes: readonly Node[],
): FeatureMap {
  const { backbone, inputSize } = list.model;
  const id = nodes.length;
  const width = scaledWidth(backbone, level);
  const target = {
    height: featureSize(inputSize[0], level),
    width: featureSize(inputSize[1], level),
    channels: blockChannels(kind, width),
  };
  const terms = parents.map((parent, place) =>
    addCrossScaleConnection(
      list.within(`block${id}/parent${place}`, { kind: "connection", child: id, parent, place }),
      nodes[parent]!,
      target,
    ),
  );
  for (const parent of parents) nodes[parent]!.read = true;
  if (output) {
    for (const dangling of nodes.filter(({ map, read }) => !read && fits(map, target))) {
      terms.push(dangling.map);
      dangling.read = true;
    }
  }
  const start = list.within(`block${id}`, { kind: "block", block: id });
  const sum = terms.length === 1 ? terms[0]! : start.add("fuse", terms);
  return addRepeatedBlock(
    list,
    id,
    { kind, repeats: backbone.repeats },
    start.activation("fuseActivation", sum),
    {
      width,
      stride: 1,
      dropRate: dropConnectRate(backbone, position),
    },
  );
}

function fits(map: FeatureMap, target: Target): boolean {
  return map.height === target.height && map.width === target.width && map.channels === target.channels;
}
