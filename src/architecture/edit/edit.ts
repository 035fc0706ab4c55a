import type { Level } from "../model/level.js";
import type { Model, PermutedBlock, StemBlock } from "../model/model.js";
import { checkRules } from "../model/rules.js";

/** A network after an edit that keeps every rule. */
export interface Edited {
  readonly model: Model;
  /** For each block, which one it was before the edit; null for a new one. */
  readonly origins: readonly (number | null)[];
  /** What was done, in a sentence. */
  readonly said: string;
}

/** Why an edit was not made. */
export interface Refused {
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

/** A block before it is a block of the stem or a permuted one; parents are numbers of the list before the edit. */
export interface Draft {
  readonly origin: number | null;
  readonly block: PermutedBlock;
}

/** All blocks of a network with their parents, the stem's in a chain. */
export function draftsOf({ backbone }: Model): Draft[] {
  return [
    ...backbone.stem.map(({ level, kind }, index): PermutedBlock => {
      return { level, kind, parents: index === 0 ? [] : [index - 1], output: false };
    }),
    ...backbone.blocks,
  ].map((block, origin) => ({ block, origin }));
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
  const stem = drafts.slice(0, stemLength).map(({ block }): StemBlock => {
    return { level: block.level, kind: block.kind };
  });
  const blocks = drafts.slice(stemLength).map(({ block }) => block);
  const edited = { ...model, backbone: { ...model.backbone, stem, blocks } };
  try {
    checkRules(edited);
  } catch (error) {
    return { refused: sentence((error as Error).message) };
  }
  return { model: edited, origins: drafts.map(({ origin }) => origin), said };
}

/** The levels that a network has a width for, finest first. */
export function levelsWithWidth({ backbone }: Model): Level[] {
  return ([1, 2, 3, 4, 5, 6, 7] as const).filter((level) => backbone.widths[level] !== undefined);
}

/** The nearest block before a place that is none of those already read; null where there is none. */
export function nearestEarlier(place: number, taken: readonly number[]): number | null {
  for (let candidate = place - 1; candidate >= 0; candidate--) {
    if (!taken.includes(candidate)) return candidate;
  }
  return null;
}

/** "3", "3 and 4", "3, 4 and 5". */
export function listed(items: readonly (number | string)[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
