import type { Description } from "../costs/description.js";
import type { Level } from "../model/level.js";

/**
 * When each map of a network is available, if each stage computes one block: the stem at 0, block n at n + 1, and a map
 * that the head reads one stage after the last map it is made from.
 *
 * @returns by block id, "stem", or the name of a pyramid map, "P3"
 * @throws Error if a pyramid map is made from itself or from a level that is not there
 */
export function computingStages({
  blocks,
  pyramid,
}: Pick<Description, "blocks" | "pyramid">): ReadonlyMap<string, number> {
  const stageOf = (level: Level, needed: readonly Level[]): number => {
    const map = pyramid.find((one) => one.level === level);
    if (!map || needed.includes(level)) {
      throw new Error(
        `computingStages: P${level} is made from itself or from nothing, so no stage computes it.`,
      );
    }
    const ready = map.block === undefined ? 0 : map.block + 1;
    return 1 + (map.from === undefined ? ready : Math.max(ready, stageOf(map.from, [...needed, level])));
  };
  return new Map([
    ["stem", 0],
    ...blocks.map(({ id }): [string, number] => [String(id), id + 1]),
    ...pyramid.map(({ level }): [string, number] => [`P${level}`, stageOf(level, [])]),
  ]);
}
