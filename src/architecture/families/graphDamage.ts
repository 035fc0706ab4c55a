import { permutedBlocksOf } from "../model/blocks.js";
import type { Model, PermutedBlock } from "../model/model.js";

/**
 * What is taken from a network's graph (paper, Table 8): of each block's two connections the one from the nearer block
 * in order, the one from the farther, or both, each block then reading the one before it.
 *
 * The paper names them short-range and long-range without a rule that tells them apart; nearer and farther in the
 * order of computation is this project's reading.
 */
export type Damage = "short-range" | "long-range" | "sequential";

/** A scale-permuted network with its graph damaged; levels, kinds and outputs stay. */
export function damaged(model: Model, damage: Damage): Model {
  const { backbone } = model;
  const blocks = permutedBlocksOf(backbone).map(({ id, ...block }) => {
    return { ...block, parents: [remainingParent(block, damage, id - 1)] };
  });
  const variant = `${backbone.variant}, ${damage === "sequential" ? "sequential" : `no ${damage} connections`}`;
  const name = `${model.name}, ${damage === "sequential" ? "connected sequentially" : `without ${damage} connections`}`;
  return { ...model, name, backbone: { ...backbone, variant, blocks } };
}

function remainingParent({ parents }: PermutedBlock, damage: Damage, before: number): number {
  switch (damage) {
    case "short-range":
      return Math.min(...parents);
    case "long-range":
      return Math.max(...parents);
    case "sequential":
      return before;
  }
}
