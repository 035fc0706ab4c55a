import type { BlockDescription } from "../costs/description.js";
import { leastAssignment } from "./leastAssignment.js";

/** What blocks are compared by when two networks are matched. */
type MatchedBlock = Pick<BlockDescription, "level" | "kind" | "output">;

/** What each kind of difference weighs: a level, the kind, being an output, and the whole length of the order. */
const weights = { level: 4, kind: 2, output: 3, order: 8 } as const;

/**
 * Pairs the blocks of two networks so that, summed over all pairs, they differ as little as possible in level, kind,
 * output and place in the order; some blocks of the longer network are left over.
 *
 * @returns for each block of `to` the number of its partner in `from`, or null
 */
export function matchBlocks(from: readonly MatchedBlock[], to: readonly MatchedBlock[]): (number | null)[] {
  if (from.length < to.length) {
    const back = matchBlocks(to, from);
    return to.map((_, index) => {
      const partner = back.indexOf(index);
      return partner < 0 ? null : partner;
    });
  }
  const place = (index: number, length: number): number => index / Math.max(1, length - 1);
  return leastAssignment(
    to.map((one, row) =>
      from.map(
        (other, column) =>
          weights.level * Math.abs(one.level - other.level) +
          (one.kind === other.kind ? 0 : weights.kind) +
          ((one.output === undefined) === (other.output === undefined) ? 0 : weights.output) +
          weights.order * Math.abs(place(row, to.length) - place(column, from.length)),
      ),
    ),
  );
}
