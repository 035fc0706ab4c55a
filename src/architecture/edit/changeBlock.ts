import type { Level } from "../model/level.js";
import type { BlockKind, Model } from "../model/model.js";
import {
  conclude,
  type Draft,
  draftsOf,
  type EditResult,
  levelsWithWidth,
  refusal,
  withBlock,
} from "./draft.js";

/**
 * Puts a block at another level. If it is an output and the level already has one, this is refused, and the offer is
 * that the two swap levels.
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
  const moved = withBlock(drafts, id, { level: known });
  const holder = output ? outputAt(drafts, known, id) : null;
  if (holder === null)
    return conclude(model, moved, `Block ${id} is at level ${level} instead of ${before}.`);
  const said = `Block ${id} is at level ${level} and block ${holder} at level ${before}: they swapped.`;
  const swapped = conclude(model, withBlock(moved, holder, { level: before }), said);
  return refusal(taken(holder, level), `Swap levels with block ${holder}`, swapped);
}

/** Makes a block a bottleneck or a residual block. */
export function changeKind(model: Model, id: number, kind: BlockKind): EditResult {
  return conclude(model, withBlock(draftsOf(model), id, { kind }), `Block ${id} is now a ${kind} block.`);
}

/**
 * Marks a block as an output, or no longer. If its level already has one this is refused, and the offer is that the
 * block takes the other's place.
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
  const marked = withBlock(drafts, id, { output });
  if (!output) return conclude(model, marked, `Block ${id} is no longer an output.`);
  const holder = outputAt(drafts, level, id);
  if (holder === null) return conclude(model, marked, `Block ${id} is now the output of level ${level}.`);
  const said = `Block ${id} is the output of level ${level} instead of block ${holder}.`;
  const replaced = conclude(model, withBlock(marked, holder, { output: false }), said);
  return refusal(taken(holder, level), `Take the place of block ${holder}`, replaced);
}

/** Which other block is a level's output. */
function outputAt(drafts: readonly Draft[], level: Level, but: number): number | null {
  const index = drafts.findIndex(
    ({ block }, other) => other !== but && block.output && block.level === level,
  );
  return index < 0 ? null : index;
}

function taken(holder: number, level: number): string {
  return `Block ${holder} is the output of level ${level} already, and each level has one.`;
}
