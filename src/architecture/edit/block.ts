import type { Level } from "../model/level.js";
import type { BlockKind, Model, PermutedBlock } from "../model/model.js";
import {
  conclude,
  type Draft,
  draftsOf,
  type EditResult,
  isRefused,
  levelsWithWidth,
  listed,
} from "./edit.js";

/**
 * Puts a block at another level. Where it is an output and the level has one already this is refused, and what is
 * offered is that the two swap levels.
 */
export function changeLevel(model: Model, id: number, level: number): EditResult {
  const drafts = draftsOf(model);
  const { level: before, output } = drafts[id]!.block;
  const levels = levelsWithWidth(model);
  const known = levels.find((one) => one === level);
  if (known === undefined) {
    return {
      refused: `Block ${id} cannot go to level ${level}: this network has widths for levels ${levels[0]} to ${levels.at(-1)} only.`,
    };
  }
  const edit = conclude(
    model,
    withBlock(drafts, id, { level: known }),
    `Block ${id} is at level ${level} instead of ${before}.`,
  );
  const holder = output ? outputAt(drafts, known, id) : null;
  if (holder === null) return edit;
  const swapped = conclude(
    model,
    withBlock(withBlock(drafts, id, { level: known }), holder, { level: before }),
    `Block ${id} is at level ${level} and block ${holder} at level ${before}: they swapped.`,
  );
  return {
    refused: `Block ${holder} is the output of level ${level} already, and each level has one.`,
    ...(isRefused(swapped) ? {} : { offer: { words: `Swap levels with block ${holder}`, edit: swapped } }),
  };
}

/** Makes a block a bottleneck or a residual block. */
export function changeKind(model: Model, id: number, kind: BlockKind): EditResult {
  return conclude(model, withBlock(draftsOf(model), id, { kind }), `Block ${id} is a ${kind} block now.`);
}

/** Chooses what a block reads: one or two earlier blocks. */
export function changeParents(model: Model, id: number, parents: readonly number[]): EditResult {
  const drafts = draftsOf(model);
  if (id < model.backbone.stem.length) {
    return {
      refused: `Block ${id} belongs to the stem, where each block reads the one before it and nothing else.`,
    };
  }
  if (parents.length === 0) return { refused: `Block ${id} must read at least one block.` };
  if (parents.length > 2) return { refused: `Block ${id} can read two blocks, not ${parents.length}.` };
  const late = parents.find((parent) => parent >= id);
  if (late !== undefined) {
    return {
      refused:
        late === id
          ? `Block ${id} cannot read itself.`
          : `Block ${id} cannot read block ${late}, which is computed after it: what a block reads comes earlier.`,
    };
  }
  const reads = `Block ${id} reads ${parents.length === 1 ? "only block" : "blocks"} ${listed(parents)} now.`;
  return conclude(model, withBlock(drafts, id, { parents: [...parents] }), reads);
}

/**
 * Marks a block as an output, or no longer. Where its level has one already this is refused, and what is offered is
 * that the block takes the other's place.
 */
export function changeOutput(model: Model, id: number, output: boolean): EditResult {
  const drafts = draftsOf(model);
  const { level } = drafts[id]!.block;
  if (id < model.backbone.stem.length) {
    return {
      refused:
        model.backbone.blocks.length === 0
          ? `In a chain the last block of each level is what the pyramid reads; block ${id} cannot be chosen for it.`
          : `Block ${id} belongs to the stem, and outputs are chosen among the blocks after it.`,
    };
  }
  const edit = conclude(
    model,
    withBlock(drafts, id, { output }),
    output ? `Block ${id} is the output of level ${level} now.` : `Block ${id} is no output any more.`,
  );
  const holder = output ? outputAt(drafts, level, id) : null;
  if (holder === null) return edit;
  const taken = conclude(
    model,
    withBlock(withBlock(drafts, id, { output }), holder, { output: false }),
    `Block ${id} is the output of level ${level} instead of block ${holder}.`,
  );
  return {
    refused: `Block ${holder} is the output of level ${level} already, and each level has one.`,
    ...(isRefused(taken) ? {} : { offer: { words: `Take the place of block ${holder}`, edit: taken } }),
  };
}

function withBlock(drafts: readonly Draft[], id: number, change: Partial<PermutedBlock>): Draft[] {
  return drafts.map((draft, index) =>
    index === id ? { ...draft, block: { ...draft.block, ...change } } : draft,
  );
}

/** Which other block is a level's output. */
function outputAt(drafts: readonly Draft[], level: Level, but: number): number | null {
  const index = drafts.findIndex(
    ({ block }, other) => other !== but && block.output && block.level === level,
  );
  return index < 0 ? null : index;
}
