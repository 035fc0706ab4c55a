import { blocksOf } from "../model/blocks.js";
import { checkRules } from "../model/checkRules.js";
import { type Level, levels } from "../model/level.js";
import type { Model, PermutedBlock } from "../model/model.js";

/** A network after an edit that keeps every rule. */
export interface Edited {
  readonly model: Model;
  /** For each block, which one it was before the edit; null for a new one. */
  readonly origins: readonly (number | null)[];
  /** What was done, in a sentence. */
  readonly said: string;
}

/** Why an edit was not made. */
interface Refused {
  /** A sentence that names the block and the rule. */
  readonly refused: string;
  /** What would make the edit possible, where something would. */
  readonly offer?: Offer;
}

export interface Offer {
  /** What else would change, as a command: "Move it, and let block 4 read block 2 instead of block 3". */
  readonly words: string;
  readonly edit: Edited;
}

export type EditResult = Edited | Refused;

export function isRefused(result: EditResult): result is Refused {
  return "refused" in result;
}

/** A refusal that offers another edit instead, if that edit keeps the rules. */
export function refusal(refused: string, words: string, instead: EditResult): Refused {
  return isRefused(instead) ? { refused } : { refused, offer: { words, edit: instead } };
}

/** A block that is being edited; parents are numbers of the list before the edit. */
export interface Draft {
  readonly origin: number | null;
  readonly block: PermutedBlock;
}

/** All blocks of a network with their parents, the stem's in a chain. */
export function draftsOf({ backbone }: Model): Draft[] {
  return blocksOf(backbone).map(({ id, ...block }) => ({ origin: id, block }));
}

/** Drafts with one of them changed. */
export function withBlock(drafts: readonly Draft[], id: number, change: Partial<PermutedBlock>): Draft[] {
  const { origin, block } = drafts[id]!;
  return drafts.with(id, { origin, block: { ...block, ...change } });
}

/** Drafts whose parents have other numbers. */
export function renumbered(drafts: readonly Draft[], numberOf: (parent: number) => number): Draft[] {
  return drafts.map(({ origin, block }) => ({
    origin,
    block: { ...block, parents: block.parents.map(numberOf) },
  }));
}

/**
 * The network of a list of drafts whose parents are already numbers of the new list, if it keeps the rules.
 *
 * @param stemLength how many of the drafts are the stem's
 */
export function conclude(
  model: Model,
  drafts: readonly Draft[],
  said: string,
  stemLength: number = model.backbone.stem.length,
): EditResult {
  const stem = drafts.slice(0, stemLength).map(({ block: { level, kind } }) => ({ level, kind }));
  const blocks = drafts.slice(stemLength).map(({ block }) => block);
  const edited = { ...model, backbone: { ...model.backbone, stem, blocks } };
  try {
    checkRules(edited);
  } catch (error) {
    return { refused: sentence((error as Error).message) };
  }
  return { model: edited, origins: drafts.map(({ origin }) => origin), said };
}

/** The edit that changes nothing. */
export function unchanged(model: Model): EditResult {
  return conclude(model, draftsOf(model), "");
}

/** The levels that a network has a width for, finest first. */
export function levelsWithWidth({ backbone }: Model): Level[] {
  return levels.filter((level) => backbone.widths[level] !== undefined);
}

/** The nearest block before a place that is none of those already read; null where there is none. */
export function nearestEarlier(place: number, taken: readonly number[]): number | null {
  for (let candidate = place - 1; candidate >= 0; candidate--) {
    if (!taken.includes(candidate)) return candidate;
  }
  return null;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
