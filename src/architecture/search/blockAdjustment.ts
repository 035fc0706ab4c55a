import { type Level, levels } from "../model/level.js";

/** How far an intermediate block may move from its level in the backbone that is permuted (paper, section 3.1). */
export const levelOffsets = [-1, 0, 1, 2] as const;

/** The types that any block, output or not, may have (paper, section 3.1). */
export const blockKinds = ["bottleneck", "residual"] as const;

/** Intermediate blocks begin at levels 2 to 5, so that every offset stays between 1 and 7. */
export function adjustedLevel(level: Level, offset: (typeof levelOffsets)[number]): Level {
  return levels[level - 1 + offset]!;
}
