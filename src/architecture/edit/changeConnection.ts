import type { Model } from "../model/model.js";
import { sentenceList } from "../model/sentenceList.js";
import { conclude, draftsOf, type EditResult, isRefused, unchanged, withBlock } from "./draft.js";

/** Chooses what a block reads: one or two earlier blocks. */
export function changeParents(model: Model, id: number, parents: readonly number[]): EditResult {
  if (id < model.backbone.stem.length) {
    return {
      refused: `Block ${id} belongs to the stem, where each block reads the one before it and nothing else.`,
    };
  }
  if (parents.length === 0) return { refused: `Block ${id} must read at least one block.` };
  if (parents.length > 2) return { refused: `Block ${id} can read two blocks, not ${parents.length}.` };
  const late = parents.find((parent) => parent >= id);
  if (late === id) return { refused: `Block ${id} cannot read itself.` };
  if (late !== undefined) {
    return {
      refused: `Block ${id} cannot read block ${late}, which is computed after it: what a block reads comes earlier.`,
    };
  }
  const reads = `Block ${id} reads ${parents.length === 1 ? "only block" : "blocks"} ${sentenceList(parents)} now.`;
  return conclude(model, withBlock(draftsOf(model), id, { parents: [...parents] }), reads);
}

/**
 * Chooses what one of a block's two connections reads; the other stays. A block with one connection gets a second at
 * place 1. Choosing the block that the connection already reads changes nothing.
 *
 * @param place 0 for the first connection, 1 for the second
 */
export function readInstead(model: Model, id: number, place: number, parent: number): EditResult {
  const { parents } = draftsOf(model)[id]!.block;
  const before = parents[place];
  if (before === parent) return unchanged(model);
  if (parents.includes(parent) && id >= model.backbone.stem.length) {
    return { refused: `Block ${id} reads block ${parent} already, by its other connection.` };
  }
  const next = before === undefined ? [...parents, parent] : parents.with(place, parent);
  const instead = before === undefined ? "too" : `instead of block ${before}`;
  return saying(changeParents(model, id, next), `Block ${id} reads block ${parent} ${instead}.`);
}

/** Takes one of a block's two connections away. */
export function readNoMore(model: Model, id: number, place: number): EditResult {
  const { parents } = draftsOf(model)[id]!.block;
  const parent = parents[place];
  if (parent === undefined) return unchanged(model);
  const result = changeParents(model, id, parents.toSpliced(place, 1));
  return saying(result, `Block ${id} no longer reads block ${parent}.`);
}

function saying(result: EditResult, said: string): EditResult {
  return isRefused(result) ? result : { ...result, said };
}

/** How many places for connections a block has: two, of which the second may be free, or none where it reads a chain. */
export function connectionPlaces(model: Model, id: number): 0 | 1 | 2 {
  if (id < model.backbone.stem.length) return 0;
  const { parents } = draftsOf(model)[id]!.block;
  // Behind a stem of one block, block 1 has no second block to read.
  return parents.length === 1 && id < 2 ? 1 : 2;
}

/** The blocks that one of a block's connections may read, the one that it reads included. */
export function possibleParents(model: Model, id: number, place: number): Set<number> {
  const possible = draftsOf(model).flatMap((_, parent) =>
    isRefused(readInstead(model, id, place, parent)) ? [] : [parent],
  );
  return new Set(possible);
}
