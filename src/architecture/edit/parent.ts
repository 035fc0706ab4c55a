import type { Model } from "../model/model.js";
import { changeParents } from "./block.js";
import { conclude, draftsOf, type EditResult, isRefused } from "./edit.js";

/**
 * Chooses what one of a block's two connections reads; the other stays. A block with one connection gets a second at
 * place 1. The block that the connection reads already changes nothing.
 *
 * @param place 0 for the first connection, 1 for the second
 */
export function readInstead(model: Model, id: number, place: number, parent: number): EditResult {
  const { parents } = draftsOf(model)[id]!.block;
  const before = parents[place];
  if (before === parent) return conclude(model, draftsOf(model), "");
  if (parents.includes(parent) && id >= model.backbone.stem.length) {
    return { refused: `Block ${id} reads block ${parent} already, by its other connection.` };
  }
  const result = changeParents(
    model,
    id,
    before === undefined ? [...parents, parent] : parents.with(place, parent),
  );
  if (isRefused(result)) return result;
  const instead = before === undefined ? "too" : `instead of block ${before}`;
  return { ...result, said: `Block ${id} reads block ${parent} ${instead}.` };
}

/** Takes one of a block's two connections away. */
export function readNoMore(model: Model, id: number, place: number): EditResult {
  const { parents } = draftsOf(model)[id]!.block;
  const parent = parents[place];
  if (parent === undefined) return conclude(model, draftsOf(model), "");
  const result = changeParents(model, id, parents.toSpliced(place, 1));
  return isRefused(result) ? result : { ...result, said: `Block ${id} no longer reads block ${parent}.` };
}

/** How many places for connections a block has: two, of which the second may be free, or none where it reads a chain. */
export function connectionPlaces(model: Model, id: number): 0 | 1 | 2 {
  if (id < model.backbone.stem.length) return 0;
  const { parents } = draftsOf(model)[id]!.block;
  // The block before block 2 is all that a block behind a stem of one could read.
  return parents.length === 1 && id < 2 ? 1 : 2;
}

/** The blocks that one of a block's connections may read, that which it reads included. */
export function possibleParents(model: Model, id: number, place: number): Set<number> {
  const possible = draftsOf(model).flatMap((_, parent) =>
    isRefused(readInstead(model, id, place, parent)) ? [] : [parent],
  );
  return new Set(possible);
}
