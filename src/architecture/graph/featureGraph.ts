import type { Description } from "../costs/description.js";
import type { Level } from "../model/level.js";

/** A feature map on its way from the input to the head. */
export interface FeatureNode {
  readonly level: Level;
  /** Indices of the maps it is made from, all earlier; none for the first, which reads the stem's convolution. */
  readonly inputs: readonly number[];
  /** False for a map of a feature pyramid, which no block makes. */
  readonly block: boolean;
}

/** Feature maps and what each is made from; which of them the head reads, by level. */
export interface FeatureGraph {
  /** In an order in which they can be computed. */
  readonly nodes: readonly FeatureNode[];
  readonly outputs: readonly number[];
}

/**
 * The feature maps of a network. Blocks come first, in the order of computation, so that a block's id is its index;
 * maps of a feature pyramid follow. An endpoint only narrows its block's map, so it is not a node.
 */
export function featureGraphOf({ blocks, pyramid }: Description): FeatureGraph {
  const nodes: FeatureNode[] = blocks.map(({ level, parents, dangling }) => ({
    level,
    inputs: [...parents, ...dangling],
    block: true,
  }));
  const known = new Map<Level, number>();
  const place = (level: Level): number => {
    const before = known.get(level);
    if (before !== undefined) return before;
    const { part, block, from } = pyramid.find((map) => map.level === level)!;
    const inputs = [...(block === undefined ? [] : [block]), ...(from === undefined ? [] : [place(from)])];
    const index = part === "fpn" ? nodes.push({ level, inputs, block: false }) - 1 : block!;
    known.set(level, index);
    return index;
  };
  const outputs = pyramid.map(({ level }) => place(level));
  return { nodes, outputs };
}
