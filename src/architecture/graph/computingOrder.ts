import type { Description } from "../costs/description.js";
import type { Level } from "../model/level.js";

/**
 * When each map of a network is there, where a step computes one block: the stem at 0, block n at n + 1, and a map
 * that the head reads one step after the last map it is made from.
 *
 * @returns by block id, "stem", or the name of a pyramid map, "P3"
 * @throws Error if a pyramid map is made from itself or from a level that is not there
 */
export function computingSteps({
  blocks,
  pyramid,
}: Pick<Description, "blocks" | "pyramid">): ReadonlyMap<number | string, number> {
  const steps = new Map<number | string, number>([["stem", 0]]);
  for (const { id } of blocks) steps.set(id, id + 1);
  const stepOf = (level: Level, needed: readonly Level[]): number => {
    const map = pyramid.find((one) => one.level === level);
    if (!map || needed.includes(level)) {
      throw new Error(
        `computingSteps: P${level} is made from itself or from nothing, so no step computes it.`,
      );
    }
    const ready = map.block === undefined ? 0 : steps.get(map.block)!;
    return 1 + (map.from === undefined ? ready : Math.max(ready, stepOf(map.from, [...needed, level])));
  };
  for (const { level } of pyramid) steps.set(`P${level}`, stepOf(level, []));
  return steps;
}
