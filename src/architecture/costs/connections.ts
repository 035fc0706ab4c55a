import type { Layer } from "../layers/layer.js";
import type { Model } from "../model/model.js";
import { costsByLayer } from "./costs.js";

/** One operation of a resampling that changes size or channels. */
export interface ResamplingStep {
  readonly op: "conv" | "depthwiseConv" | "maxPool" | "resizeNearest";
  /** Side of the window; absent where pixels are only repeated. */
  readonly window?: number;
  readonly stride?: number;
  /** Height, width and channels that leave it. */
  readonly shape: readonly [height: number, width: number, channels: number];
}

/** "direct" and "dangling" connections pass the parent's map as it is, the others resample it. */
export type ConnectionKind = "direct" | "same" | "down" | "up" | "dangling";

/** What leads from one block to another. */
export interface Connection {
  readonly from: number;
  readonly to: number;
  readonly kind: ConnectionKind;
  /** How many times smaller ("down") or larger ("up") each side gets; 1 otherwise. */
  readonly ratio: number;
  /** Empty where nothing is resampled, and for a block that reaches no output. */
  readonly steps: readonly ResamplingStep[];
  readonly parameters: { readonly trainable: number; readonly total: number };
  readonly multiplyAdds: number;
}

/** What a connection needs to know of each block. */
export interface ConnectedBlock {
  readonly id: number;
  readonly parents: readonly number[];
  readonly dangling: readonly number[];
  readonly shape: readonly [height: number, width: number, channels: number];
}

/** Every connection between blocks, by child and then by parent as the child lists them, dangling ones last. */
export function connectionsOf(
  model: Model,
  layers: readonly Layer[],
  blocks: readonly ConnectedBlock[],
): Connection[] {
  const costs = costsByLayer(layers);
  const stemBlocks = model.backbone.stem.length;
  const layersByBlock = new Map<string, Layer[]>(blocks.map(({ id }) => [String(id), []]));
  for (const layer of layers) layersByBlock.get(layer.block)?.push(layer);
  return blocks.flatMap((block) => {
    const resampled = block.parents.map((parent, edge): Connection => {
      if (block.id < stemBlocks) return passing(parent, block.id, "direct");
      const prefix = `block${block.id}/parent${edge}/`;
      const own = layersByBlock.get(String(block.id))!.filter(({ name }) => name.startsWith(prefix));
      const ownCosts = own.map(({ name }) => costs.get(name)!);
      const sum = (pick: (cost: (typeof ownCosts)[number]) => number): number =>
        ownCosts.reduce((total, cost) => total + pick(cost), 0);
      return {
        from: parent,
        to: block.id,
        ...scaling(blocks[parent]!.shape[0], block.shape[0]),
        steps: own.flatMap(stepOf),
        parameters: {
          trainable: sum(({ parameters }) => parameters.trainable),
          total: sum(({ parameters }) => parameters.total),
        },
        multiplyAdds: sum(({ multiplyAdds }) => multiplyAdds),
      };
    });
    return [...resampled, ...block.dangling.map((from) => passing(from, block.id, "dangling"))];
  });
}

function passing(from: number, to: number, kind: "direct" | "dangling"): Connection {
  return { from, to, kind, ratio: 1, steps: [], parameters: { trainable: 0, total: 0 }, multiplyAdds: 0 };
}

function scaling(from: number, to: number): { kind: ConnectionKind; ratio: number } {
  if (from === to) return { kind: "same", ratio: 1 };
  return from > to ? { kind: "down", ratio: from / to } : { kind: "up", ratio: to / from };
}

function stepOf(layer: Layer): ResamplingStep[] {
  const [height, width, channels] = layer.shape;
  if (width === undefined || channels === undefined) return [];
  const shape = [height, width, channels] as const;
  switch (layer.op) {
    case "conv":
    case "depthwiseConv":
      return [{ op: layer.op, window: layer.attributes.kernelSize, stride: layer.attributes.stride, shape }];
    case "maxPool":
      return [{ op: layer.op, window: layer.attributes.size, stride: layer.attributes.stride, shape }];
    case "resizeNearest":
      return [{ op: layer.op, shape }];
    default:
      return [];
  }
}
