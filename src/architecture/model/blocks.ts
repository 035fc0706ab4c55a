import type { Backbone, PermutedBlock } from "./model.js";

/** A block with its number: its place in the order of computation, stem blocks first. */
export interface NumberedBlock extends PermutedBlock {
  readonly id: number;
}

/** All blocks of a backbone. Those of the stem form a chain, each reading the one before. */
export function blocksOf({ stem, blocks }: Pick<Backbone, "stem" | "blocks">): NumberedBlock[] {
  return [
    ...stem.map((block, id) => ({ ...block, parents: id === 0 ? [] : [id - 1], output: false })),
    ...blocks,
  ].map((block, id) => ({ ...block, id }));
}

/** The blocks after the stem, which are permuted. */
export function permutedBlocksOf(backbone: Backbone): NumberedBlock[] {
  return blocksOf(backbone).slice(backbone.stem.length);
}
