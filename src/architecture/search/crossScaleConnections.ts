import type { Draw } from "./randomDraws.js";

/** How many of the blocks built last an intermediate block may read; an output may read any (paper, section 5.1). */
export const parentWindow = 5;

/** How many pairs of parents a block has to choose from. */
export function parentPairs(choices: number): bigint {
  return BigInt((choices * (choices - 1)) / 2);
}

/** Two different blocks from `from`, below `below`, the smaller first: each pair as likely as any other. */
export function twoParents(from: number, below: number, draw: Draw): [number, number] {
  const one = from + draw(below - from);
  const rest = from + draw(below - from - 1);
  const other = rest < one ? rest : rest + 1;
  return one < other ? [one, other] : [other, one];
}
