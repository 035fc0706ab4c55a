import type { Level } from "../model/level.js";
import type { Model } from "../model/model.js";
import { changeLevel } from "./changeBlock.js";
import {
  conclude,
  type Draft,
  draftsOf,
  type Edited,
  type EditResult,
  isRefused,
  nearestEarlier,
  refusal,
  unchanged,
} from "./draft.js";

/**
 * Moves a block to another place in the order of computation. It keeps its parents and its readers; if one of those
 * would be computed too late the move is refused, and the offer is that each such reader reads instead the nearest
 * earlier block that it does not read yet.
 *
 * @param to its number in the new order
 */
export function moveBlock(model: Model, id: number, to: number): EditResult {
  const { stem, blocks } = model.backbone;
  const drafts = draftsOf(model);
  if (to < 0) return { refused: `Block ${id} is the first already.` };
  if (to >= drafts.length) return { refused: `Block ${id} is the last already.` };
  if (blocks.length > 0 && id < stem.length) {
    return {
      refused: `Block ${id} belongs to the stem, which is computed first and in a fixed order; only the blocks after it are permuted.`,
    };
  }
  if (blocks.length > 0 && to < stem.length) {
    return { refused: `Block ${id} cannot be computed before block ${to}, which belongs to the stem.` };
  }
  const order = drafts.toSpliced(id, 1).toSpliced(to, 0, drafts[id]!);
  const said = `Block ${id} is now block ${to}.`;
  if (blocks.length === 0) return conclude(model, order, said);
  const { moved, late, changes } = reordered(order);
  const edit = conclude(model, moved, [said, ...changes].join(" "));
  const [first, ...others] = late;
  if (!first) return edit;
  const why =
    first.reader === id
      ? `Block ${id} reads block ${first.parent}, so it cannot be computed before it`
      : `Block ${first.reader} reads block ${id}, so block ${id} cannot be computed after it`;
  const rest = others.length > 0 ? ` The same holds for ${others.length} more of its connections.` : "";
  return refusal(
    `${why}: what a block reads comes earlier.${rest}`,
    "Move it, and read the nearest earlier block instead",
    edit,
  );
}

/** Moves a block in order and level at once, as a pointer does. */
export function placeBlock(model: Model, id: number, place: { index: number; level: Level }): EditResult {
  const moved = place.index === id ? unchanged(model) : moveBlock(model, id, place.index);
  if (place.level === draftsOf(model)[id]!.block.level) return moved;
  const levelled = (first: Edited): EditResult =>
    after(first, changeLevel(first.model, place.index, place.level));
  if (!isRefused(moved)) return levelled(moved);
  if (!moved.offer) return moved;
  const both = levelled(moved.offer.edit);
  const edit = isRefused(both) ? both.offer?.edit : both;
  return { refused: moved.refused, ...(edit ? { offer: { words: moved.offer.words, edit } } : {}) };
}

interface Read {
  readonly reader: number;
  readonly parent: number;
}

/**
 * Parents as numbers of a new order. Those that would come too late give way to the nearest earlier block; they are
 * given in numbers of before, and the changes in sentences.
 */
function reordered(order: readonly Draft[]): { moved: Draft[]; late: Read[]; changes: string[] } {
  const placeOf = new Map(order.map(({ origin }, place) => [origin, place]));
  const late: Read[] = [];
  const changes: string[] = [];
  const moved = order.map(({ origin, block }, place) => {
    const comesLate = (parent: number): boolean => placeOf.get(parent)! >= place;
    const parents = block.parents
      .filter((parent) => !comesLate(parent))
      .map((parent) => placeOf.get(parent)!);
    for (const parent of block.parents.filter(comesLate)) {
      const instead = nearestEarlier(place, parents);
      if (instead !== null) parents.push(instead);
      late.push({ reader: origin!, parent });
      changes.push(
        instead === null
          ? `Block ${place} no longer reads block ${placeOf.get(parent)}.`
          : `Block ${place} reads block ${instead} instead of block ${placeOf.get(parent)}.`,
      );
    }
    return { origin, block: { ...block, parents } };
  });
  return { moved, late, changes };
}

/** A second edit after a first one, as one. */
function after(first: Edited, second: EditResult): EditResult {
  if (isRefused(second)) {
    const { offer, refused } = second;
    return offer ? refusal(refused, offer.words, after(first, offer.edit)) : { refused };
  }
  return {
    model: second.model,
    origins: second.origins.map((origin) => (origin === null ? null : first.origins[origin]!)),
    said: [first.said, second.said].filter((said) => said !== "").join(" "),
  };
}
