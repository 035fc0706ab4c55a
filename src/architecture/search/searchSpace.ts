import { blockKinds, levelOffsets } from "./blockAdjustment.js";
import { parentPairs, parentWindow } from "./crossScaleConnections.js";
import { factorial, outputBlocks } from "./scalePermutation.js";

/** How many networks there are to choose from, by what is chosen. Each count is exact. */
export interface SearchSpace {
  /** (N − 5)! · 5!: intermediate blocks and outputs are permuted separately. */
  readonly orders: bigint;
  /** ∏ C(i, 2) over i = m … N + m − 1: a block with i blocks before it reads any two of them. */
  readonly parents: bigint;
  /** The same where an intermediate block reads two of the five blocks before it, as in the search itself. */
  readonly parentsSearched: bigint;
  /** 4^(N − 5): a level for each intermediate block. */
  readonly levels: bigint;
  /** 2^N: a type for each block. */
  readonly kinds: bigint;
  /** The product of orders, parents, levels and kinds. */
  readonly total: bigint;
  /** The product with `parentsSearched` in place of `parents`. */
  readonly totalSearched: bigint;
}

/**
 * Counts the paper's search space (sections 3.1 and 5.1).
 *
 * What is counted is choices, as the paper does: blocks that begin at one level can change places, and two ways to move
 * levels can end alike, so there are fewer different networks than choices.
 *
 * @param blocks N: permuted blocks, the five outputs among them.
 * @param stemBlocks m: blocks before them that can be parents, two in SpineNet.
 * @throws Error if there is no room for the outputs, or if the first block has no two blocks to read.
 */
export function searchSpaceOf(blocks: number, stemBlocks = 2): SearchSpace {
  if (!Number.isInteger(blocks) || blocks < outputBlocks) {
    throw new Error(`a search space of ${blocks} blocks: it takes a whole number, at least ${outputBlocks}`);
  }
  if (!Number.isInteger(stemBlocks) || stemBlocks < 2) {
    throw new Error(`a stem of ${stemBlocks} blocks: the first permuted block needs two to read`);
  }
  const intermediate = blocks - outputBlocks;
  const orders = factorial(intermediate) * factorial(outputBlocks);
  const levels = BigInt(levelOffsets.length) ** BigInt(intermediate);
  const kinds = BigInt(blockKinds.length) ** BigInt(blocks);
  let parents = 1n;
  let parentsSearched = 1n;
  for (let position = 0; position < blocks; position++) {
    const before = stemBlocks + position;
    parents *= parentPairs(before);
    parentsSearched *= parentPairs(position < intermediate ? Math.min(before, parentWindow) : before);
  }
  const others = orders * levels * kinds;
  return {
    orders,
    parents,
    parentsSearched,
    levels,
    kinds,
    total: others * parents,
    totalSearched: others * parentsSearched,
  };
}
