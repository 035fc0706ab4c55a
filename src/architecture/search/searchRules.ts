import { type NumberedBlock, permutedBlocksOf } from "../model/blocks.js";
import type { Model } from "../model/model.js";
import { sentenceList } from "../model/sentenceList.js";
import { parentWindow } from "./crossScaleConnections.js";

/** A rule of the space that the paper's search chose from, and whether a network keeps it. */
export interface SearchRule {
  readonly rule: string;
  readonly source: string;
  /** Blocks that break it; empty where it is kept. */
  readonly broken: readonly number[];
  /** What is wrong, in a sentence; empty where it is kept. */
  readonly complaint: string;
}

/** The head reads one output of each of these levels (paper, section 3.1). */
const outputLevels: readonly number[] = [3, 4, 5, 6, 7];

/**
 * Checks a network against the rules of the paper's search space. They are narrower than what can be built: a network
 * that breaks one can still be computed, but the search would not have proposed it.
 *
 * @returns nothing for a chain, which was not searched for
 */
export function searchRules({ backbone }: Model): SearchRule[] {
  if (backbone.family === "resnet") return [];
  const blocks = permutedBlocksOf(backbone);
  const outputs = blocks.filter(({ output }) => output);
  const firstOutput = outputs[0]?.id ?? Number.POSITIVE_INFINITY;
  const absent = outputLevels.filter((level) => !outputs.some((output) => output.level === level));
  /** @param said what is wrong with blocks that break the rule: a verb, and what follows it */
  const rule = (
    text: string,
    section: string,
    said: readonly [verb: string, what: string],
    keeps: (block: NumberedBlock) => boolean,
  ): SearchRule => {
    const broken = blocks.filter((block) => !keeps(block)).map(({ id }) => id);
    const complaint = broken.length === 0 ? "" : `${subject(broken, said[0])} ${said[1]}.`;
    return { rule: text, source: `paper, section ${section}`, broken, complaint };
  };
  return [
    rule(
      "Each block reads two earlier blocks",
      "3.1",
      ["read", "one only"],
      ({ parents }) => parents.length === 2,
    ),
    {
      ...rule(
        "One output at each level from 3 to 7",
        "3.1",
        ["give", "an output of another level"],
        ({ output, level }) => !output || outputLevels.includes(level),
      ),
      ...(absent.length > 0 ? { complaint: `There is none at level ${sentenceList(absent)}.` } : {}),
    },
    rule(
      "Outputs come after all other blocks",
      "3.1",
      ["come", "after an output"],
      ({ id, output }) => output || id < firstOutput,
    ),
    rule(
      "Blocks that are no outputs read among the five before them",
      "5.1",
      ["reach", "further back"],
      ({ id, output, parents }) => output || parents.every((parent) => id - parent <= parentWindow),
    ),
  ];
}

/** "Block 4 reads", "Blocks 2 to 5 and 9 read". */
function subject(ids: readonly number[], verb: string): string {
  if (ids.length === 1) return `Block ${ids[0]} ${verb}${verb.endsWith("ch") ? "es" : "s"}`;
  const runs: number[][] = [];
  for (const id of ids) {
    const run = runs.at(-1);
    if (run?.at(-1) === id - 1) run.push(id);
    else runs.push([id]);
  }
  const named = runs.flatMap((run) => (run.length > 2 ? [`${run[0]} to ${run.at(-1)}`] : run.map(String)));
  return `Blocks ${sentenceList(named)} ${verb}`;
}
