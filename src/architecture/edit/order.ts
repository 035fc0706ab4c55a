import type { Level } from "../model/level.js";
import type { Model, PermutedBlock } from "../model/model.js";
import { changeLevel } from "./block.js";
import {
  conclude,
  type Draft,
  draftsOf,
  type EditResult,
  isRefused,
  listed,
  nearestEarlier,
} from "./edit.js";

/** The instrument draws no more, and a network's address has a digit for each. */
export const mostBlocks = 60;

/**
 * Moves a block to another place in the order of computation. It keeps its parents and its readers; where one of those
 * would be computed too late the move is refused, and what is offered is that each such reader reads instead the
 * nearest earlier block that it does not read yet.
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
  const broken = brokenReads(order);
  if (broken.length === 0) return conclude(model, renumbered(order, []), said);
  const [{ reader, parent }] = broken as [Read];
  const rest = broken.length > 1 ? ` The same holds for ${broken.length - 1} more of its connections.` : "";
  const refused =
    reader === id
      ? `Block ${id} reads block ${parent}, so it cannot be computed before it: what a block reads comes earlier.${rest}`
      : `Block ${reader} reads block ${id}, so block ${id} cannot be computed after it: what a block reads comes earlier.${rest}`;
  const changes: string[] = [];
  const repointed = conclude(model, renumbered(order, changes), `${said} ${changes.join(" ")}`);
  if (isRefused(repointed)) return { refused };
  return {
    refused,
    offer: { words: "Move it, and read the nearest earlier block instead", edit: repointed },
  };
}

/** Moves a block in order and level at once, as a pointer does. */
export function placeBlock(model: Model, id: number, place: { index: number; level: Level }): EditResult {
  const level = draftsOf(model)[id]!.block.level;
  const moved: EditResult = place.index === id ? unchanged(model) : moveBlock(model, id, place.index);
  if (place.level === level) return moved;
  if (!isRefused(moved)) return after(moved, changeLevel(moved.model, place.index, place.level));
  if (!moved.offer) return moved;
  const both = after(moved.offer.edit, changeLevel(moved.offer.edit.model, place.index, place.level));
  const offer = isRefused(both) ? both.offer?.edit : both;
  return { refused: moved.refused, ...(offer ? { offer: { words: moved.offer.words, edit: offer } } : {}) };
}

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
    const copy: Draft = { origin: null, block: { level, kind, parents: [], output: false } };
    const chain = drafts.toSpliced(id + 1, 0, copy);
    return conclude(model, chain, `Block ${id + 1} is new: another of level ${level}.`, stem.length + 1);
  }
  const place = Math.max(id + 1, stem.length);
  const other = nearestEarlier(place, [id]);
  const parents = other === null ? [id] : [id, other].toSorted((a, b) => a - b);
  const shifted = drafts.map(({ origin, block }) => ({
    origin,
    block: { ...block, parents: block.parents.map((parent) => (parent >= place ? parent + 1 : parent)) },
  }));
  const added: Draft = { origin: null, block: { level, kind, parents, output: false } };
  const said = `Block ${place} is new and reads ${parents.length === 2 ? `blocks ${parents[0]} and ${parents[1]}` : `block ${id}`}.`;
  return conclude(model, shifted.toSpliced(place, 0, added), said);
}

/**
 * Removes a block. Where others read it this is refused, and what is offered is that they read what it read: the first
 * of its parents that they do not read yet, or else the nearest earlier block, or else one block only.
 */
export function removeBlock(model: Model, id: number): EditResult {
  const { stem, blocks } = model.backbone;
  const drafts = draftsOf(model);
  const inStem = id < stem.length;
  if (inStem && stem.length === 1) {
    return { refused: `Block ${id} is all that there is of the stem, and a network begins with one.` };
  }
  const removed = drafts[id]!.block;
  const readers = blocks.flatMap(({ parents }, position) =>
    parents.includes(id) ? [stem.length + position] : [],
  );
  const changes: string[] = [];
  const rest = drafts.toSpliced(id, 1).map(({ origin, block }, place): Draft => {
    // In the stem parents only say that it is a chain.
    if (place < stem.length - (inStem ? 1 : 0)) return { origin, block };
    return {
      origin,
      block: { ...block, parents: withoutRead(block, id, removed.parents, { place, changes }) },
    };
  });
  const shifted = rest.map(({ origin, block }) => ({
    origin,
    block: { ...block, parents: block.parents.map((parent) => (parent > id ? parent - 1 : parent)) },
  }));
  const said = [`Block ${id} is removed.`, ...changes].join(" ");
  const edit = conclude(model, shifted, said, stem.length - (inStem ? 1 : 0));
  if (isRefused(edit) || readers.length === 0) return edit;
  return {
    refused:
      readers.length === 1
        ? `Block ${id} is read by block ${readers[0]}, which would lose one of its connections.`
        : `Block ${id} is read by blocks ${listed(readers)}, each of which would lose a connection.`,
    offer: { words: "Remove it, and let its readers read what it read", edit },
  };
}

interface Read {
  readonly reader: number;
  readonly parent: number;
}

/** Connections that an order of computation would have to read before they are there, in numbers of before. */
function brokenReads(order: readonly Draft[]): Read[] {
  const places = placesOf(order);
  return order.flatMap(({ origin, block }, place) =>
    block.parents
      .filter((parent) => places.get(parent)! >= place)
      .map((parent) => ({ reader: origin!, parent })),
  );
}

function placesOf(order: readonly Draft[]): Map<number, number> {
  return new Map(order.map(({ origin }, place) => [origin!, place]));
}

/** Parents as numbers of the new order; those that would come too late give way to the nearest earlier block. */
function renumbered(order: readonly Draft[], changes: string[]): Draft[] {
  const places = placesOf(order);
  return order.map(({ origin, block }, place) => {
    const wanted = block.parents.map((parent) => places.get(parent)!);
    const parents = wanted.filter((parent) => parent < place);
    for (const late of wanted.filter((parent) => parent >= place)) {
      const instead = nearestEarlier(place, parents);
      if (instead !== null) parents.push(instead);
      changes.push(
        instead === null
          ? `Block ${place} no longer reads block ${late}.`
          : `Block ${place} reads block ${instead} instead of block ${late}.`,
      );
    }
    return { origin, block: { ...block, parents } };
  });
}

/** The parents of a block after one of them is gone, still in numbers of before. */
function withoutRead(
  { parents }: PermutedBlock,
  id: number,
  instead: readonly number[],
  { place, changes }: { place: number; changes: string[] },
): number[] {
  if (!parents.includes(id)) return [...parents];
  const others = parents.filter((parent) => parent !== id);
  // The place is of the list without the block; one that stood behind it had a number more.
  const before = place >= id ? place + 1 : place;
  const next =
    instead.find((candidate) => !others.includes(candidate)) ?? nearestEarlier(before, [...others, id]);
  const after = (number: number): number => (number > id ? number - 1 : number);
  changes.push(
    next === null
      ? `Block ${place} reads only block ${after(others[0] ?? 0)}.`
      : `Block ${place} reads block ${after(next)} instead.`,
  );
  return next === null ? others : parents.map((parent) => (parent === id ? next : parent));
}

function unchanged(model: Model): EditResult {
  return conclude(model, draftsOf(model), "");
}

/** A second edit after a first one, as one. */
function after(first: Exclude<EditResult, { refused: string }>, second: EditResult): EditResult {
  if (isRefused(second)) {
    const { offer, refused } = second;
    if (!offer) return { refused };
    const both = after(first, offer.edit);
    return isRefused(both) ? { refused } : { refused, offer: { words: offer.words, edit: both } };
  }
  return {
    model: second.model,
    origins: second.origins.map((origin) => (origin === null ? null : first.origins[origin]!)),
    said: [first.said, second.said].filter((said) => said !== "").join(" "),
  };
}
