import type { Model } from "../model/model.js";
import { conclude, draftsOf, type EditResult, nearestEarlier, renumbered } from "./draft.js";

/** The diagram draws no more, and a network's address has a digit for each. */
export const mostBlocks = 60;

/**
 * Adds a block behind another, of its level and kind, that reads it and the block before it. Nobody reads the new one
 * yet. In a chain the new block is one more of the chain.
 */
export function addBlock(model: Model, id: number): EditResult {
  const { stem, family } = model.backbone;
  const drafts = draftsOf(model);
  if (drafts.length >= mostBlocks) {
    return {
      refused: `This network has ${drafts.length} blocks, and no more than ${mostBlocks} are drawn here.`,
    };
  }
  const { level, kind } = drafts[id]!.block;
  if (family === "resnet") {
    const copy = { origin: null, block: { level, kind, parents: [], output: false } };
    const said = `Block ${id + 1} is new: another of level ${level}.`;
    return conclude(model, drafts.toSpliced(id + 1, 0, copy), said, stem.length + 1);
  }
  const place = Math.max(id + 1, stem.length);
  const other = nearestEarlier(place, [id]);
  const parents = other === null ? [id] : [id, other].toSorted((a, b) => a - b);
  const added = { origin: null, block: { level, kind, parents, output: false } };
  const shifted = renumbered(drafts, (parent) => (parent >= place ? parent + 1 : parent));
  const reads = parents.length === 2 ? `blocks ${parents[0]} and ${parents[1]}` : `block ${id}`;
  return conclude(model, shifted.toSpliced(place, 0, added), `Block ${place} is new and reads ${reads}.`);
}
