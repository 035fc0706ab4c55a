import { blockChannels, scaledWidth } from "../layers/blocks.js";
import { featureSize } from "../layers/featureSize.js";
import type { Layer } from "../layers/layer.js";
import { layersOf } from "../layers/layersOf.js";
import type { BlockKind, Level, Model } from "../model/model.js";
import { type Connection, connectionsOf } from "./connections.js";
import { type Costs, costsByBlock, sumOfCosts } from "./costs.js";

type MapShape = readonly [height: number, width: number, channels: number];

export interface BlockDescription extends Costs {
  /** Its place in the order of computation, stem blocks first. */
  readonly id: number;
  readonly level: Level;
  readonly kind: BlockKind;
  /** Blocks it reads: one in a chain, one or two resampled ones in a scale-permuted network. */
  readonly parents: readonly number[];
  /** Blocks that nobody else reads, added as they are (paper, figure 4d: #11 into #14). */
  readonly dangling: readonly number[];
  /** Of the map that leaves it. */
  readonly shape: MapShape;
  readonly repeats: number;
  /** The pyramid level that this block is read at, if it is an output. */
  readonly output?: Level;
  /** False if it reaches no output, and so is never computed; its costs are then zero. */
  readonly used: boolean;
}

/** What is not a block: the stem's first convolution, endpoints, the FPN, the head. */
export interface PartDescription extends Costs {
  /** "stem", "endpoint/3", "fpn" or "head". */
  readonly id: string;
}

/** A map that the head reads. */
export interface PyramidDescription {
  readonly level: Level;
  /** The part that makes it: "endpoint/3" or "fpn". */
  readonly part: string;
  readonly shape: MapShape;
  /** The block it is made from, if any. */
  readonly block?: number;
  /** The pyramid level it also takes in (FPN: a coarser level added, or a finer one strided). */
  readonly from?: Level;
}

/** What a network is and costs. Costs of blocks and parts sum to the whole. */
export interface Description extends Costs {
  readonly model: string;
  readonly family: Model["backbone"]["family"];
  /** Height and width of the input, in pixels. */
  readonly size: readonly [height: number, width: number];
  readonly classes: number;
  readonly blocks: readonly BlockDescription[];
  readonly parts: readonly PartDescription[];
  readonly connections: readonly Connection[];
  readonly pyramid: readonly PyramidDescription[];
}

const free: Costs = { parameters: { trainable: 0, total: 0 }, multiplyAdds: 0 };

/**
 * Describes a network: its blocks, their connections and what each part costs.
 *
 * @throws Error as `checkRules` does, if the model breaks a rule.
 */
export function descriptionOf(model: Model): Description {
  const layers = layersOf(model);
  const costs = costsByBlock(layers);
  const blocks = describeBlocks(model, layers, costs);
  return {
    model: model.name,
    family: model.backbone.family,
    size: [model.inputSize[0], model.inputSize[1]],
    classes: model.classes,
    ...sumOfCosts(costs.values()),
    blocks,
    parts: [...costs].filter(([id]) => !/^\d+$/.test(id)).map(([id, cost]) => ({ id, ...cost })),
    connections: connectionsOf(model, layers, blocks),
    pyramid: describePyramid(model),
  };
}

function describeBlocks(
  model: Model,
  layers: readonly Layer[],
  costs: ReadonlyMap<string, Costs>,
): BlockDescription[] {
  const { backbone, inputSize } = model;
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const stemBlocks = backbone.stem.length;
  return [...backbone.stem, ...backbone.blocks].map((block, id): BlockDescription => {
    const cost = costs.get(String(id));
    const permuted = backbone.blocks[id - stemBlocks];
    const parents = permuted ? [...permuted.parents] : id === 0 ? [] : [id - 1];
    const fused = byName.get(`block${id}/fuse`)?.inputs.slice(parents.length) ?? [];
    return {
      id,
      level: block.level,
      kind: block.kind,
      parents,
      dangling: fused.map((name) => Number(byName.get(name)!.block)),
      shape: [
        featureSize(inputSize[0], block.level),
        featureSize(inputSize[1], block.level),
        blockChannels(block.kind, scaledWidth(backbone, block.level)),
      ],
      repeats: backbone.family === "resnet" && id < stemBlocks ? 1 : backbone.repeats,
      ...(permuted?.output ? { output: block.level } : {}),
      ...(cost ?? free),
      used: cost !== undefined,
    };
  });
}

function describePyramid({ backbone, decoder, inputSize }: Model): PyramidDescription[] {
  const at = (level: Level, channels: number): { level: Level; shape: MapShape } => ({
    level,
    shape: [featureSize(inputSize[0], level), featureSize(inputSize[1], level), channels],
  });
  if (decoder.kind === "fpn") {
    const last = (level: Level): number => backbone.stem.findLastIndex((block) => block.level === level);
    return [
      { ...at(3, decoder.width), part: "fpn", block: last(3), from: 4 },
      { ...at(4, decoder.width), part: "fpn", block: last(4), from: 5 },
      { ...at(5, decoder.width), part: "fpn", block: last(5) },
      { ...at(6, decoder.width), part: "fpn", from: 5 },
      { ...at(7, decoder.width), part: "fpn", from: 6 },
    ];
  }
  return backbone.blocks
    .flatMap(({ level, output }, position): PyramidDescription[] => {
      if (!output) return [];
      const block = backbone.stem.length + position;
      return [{ ...at(level, backbone.endpointWidth), part: `endpoint/${level}`, block }];
    })
    .sort((a, b) => a.level - b.level);
}
