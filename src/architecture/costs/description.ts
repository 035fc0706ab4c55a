import type { Layer, MapShape, Part } from "../layers/layer.js";
import { layersOf } from "../layers/layersOf.js";
import { blockChannels, scaledWidth } from "../layers/widths.js";
import { blocksOf } from "../model/blocks.js";
import { featureSize, type Level } from "../model/level.js";
import type { BlockKind, Model } from "../model/model.js";
import { type Connection, connectionsOf } from "./connections.js";
import { type Costs, costsByLayer, free, sumOfCosts } from "./costs.js";

export interface BlockDescription extends Costs {
  /** Its place in the order of computation, stem blocks first. */
  readonly id: number;
  readonly level: Level;
  readonly kind: BlockKind;
  /** Blocks it reads: one in a chain, one or two resampled ones in a scale-permuted network. */
  readonly parents: readonly number[];
  /** Blocks that no other block reads, added as they are (paper, figure 4d: #11 into #14). */
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
export type PartId = "stem" | `endpoint/${Level}` | "fpn" | "head";

interface PartDescription extends Costs {
  readonly id: PartId;
}

/** A map that the head reads. */
export interface PyramidDescription {
  readonly level: Level;
  /** What makes it. */
  readonly part: PartId;
  readonly shape: MapShape;
  /** The block it is made from, if any. */
  readonly block?: number;
  /** The pyramid level it also reads (FPN: a coarser level added, or a finer one strided). */
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

/**
 * Describes a network: its blocks, their connections and what each part costs.
 *
 * @throws Error as `checkRules` does, if the model breaks a rule.
 */
export function descriptionOf(model: Model): Description {
  const layers = layersOf(model);
  const byLayer = costsByLayer(layers);
  const costs = costsByOwner(layers, byLayer);
  const blocks = describeBlocks(model, layers, costs);
  return {
    model: model.name,
    family: model.backbone.family,
    size: [model.inputSize[0], model.inputSize[1]],
    classes: model.classes,
    ...sumOfCosts(costs.values()),
    blocks,
    parts: [...costs].flatMap(([id, cost]) => (typeof id === "number" ? [] : [{ id, ...cost }])),
    connections: connectionsOf(layers, byLayer, blocks, model.backbone.stem.length),
    pyramid: describePyramid(model),
  };
}

/** A block's connections count at the block. */
function ownerOf(part: Part): number | PartId {
  switch (part.kind) {
    case "block":
      return part.block;
    case "connection":
      return part.child;
    case "endpoint":
      return `endpoint/${part.level}`;
    case "pyramid":
      return "fpn";
    default:
      return part.kind;
  }
}

function costsByOwner(
  layers: readonly Layer[],
  costs: ReadonlyMap<string, Costs>,
): Map<number | PartId, Costs> {
  const sums = new Map<number | PartId, Costs>();
  for (const { name, part } of layers) {
    const owner = ownerOf(part);
    sums.set(owner, sumOfCosts([sums.get(owner) ?? free, costs.get(name)!]));
  }
  return sums;
}

function describeBlocks(
  model: Model,
  layers: readonly Layer[],
  costs: ReadonlyMap<number | PartId, Costs>,
): BlockDescription[] {
  const { backbone, inputSize } = model;
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  return blocksOf(backbone).map(({ id, level, kind, parents, output }): BlockDescription => {
    const cost = costs.get(id);
    return {
      id,
      level,
      kind,
      parents: [...parents],
      dangling: danglingInto(id, byName),
      shape: [
        featureSize(inputSize[0], level),
        featureSize(inputSize[1], level),
        blockChannels(kind, scaledWidth(backbone, level)),
      ],
      repeats: backbone.family === "resnet" ? 1 : backbone.repeats,
      ...(output ? { output: level } : {}),
      ...(cost ?? free),
      used: cost !== undefined,
    };
  });
}

/** Blocks whose maps are added to a block's connections. */
function danglingInto(id: number, byName: ReadonlyMap<string, Layer>): number[] {
  const sum = byName.get(`block${id}/fuse`);
  return (sum?.inputs ?? []).flatMap((input) => {
    const { part } = byName.get(input)!;
    return part.kind === "block" ? [part.block] : [];
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
  return blocksOf(backbone)
    .filter(({ output }) => output)
    .map(({ id, level }): PyramidDescription => {
      return { ...at(level, backbone.endpointWidth), part: `endpoint/${level}`, block: id };
    })
    .sort((a, b) => a.level - b.level);
}
