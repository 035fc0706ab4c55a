import type { BlockDescription } from "../costs/description.js";

/** What blocks are compared by when two networks are matched. */
export type MatchedBlock = Pick<BlockDescription, "level" | "kind" | "output">;

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

/**
 * Assigns a column to each row, each column at most once, at the least sum of costs (the Hungarian method, by shortest
 * augmenting paths).
 *
 * @param costs rows of equal length, no more of them than columns
 */
export function leastAssignment(costs: readonly (readonly number[])[]): number[] {
  const columns = costs[0]?.length ?? 0;
  const rowPrice = new Array<number>(costs.length).fill(0);
  const columnPrice = new Array<number>(columns + 1).fill(0);
  // One column more, the last, is where each search begins.
  const rowOf = new Array<number>(columns + 1).fill(-1);
  for (let row = 0; row < costs.length; row++) {
    const least = new Array<number>(columns).fill(Number.POSITIVE_INFINITY);
    const before = new Array<number>(columns).fill(columns);
    const done = new Array<boolean>(columns + 1).fill(false);
    rowOf[columns] = row;
    let column = columns;
    while (rowOf[column] !== -1) {
      done[column] = true;
      const here = rowOf[column]!;
      let next = -1;
      for (let other = 0; other < columns; other++) {
        if (done[other]) continue;
        const reduced = costs[here]![other]! - rowPrice[here]! - columnPrice[other]!;
        if (reduced < least[other]!) {
          least[other] = reduced;
          before[other] = column;
        }
        if (next < 0 || least[other]! < least[next]!) next = other;
      }
      const slack = least[next]!;
      for (let other = 0; other <= columns; other++) {
        if (done[other]) {
          rowPrice[rowOf[other]!]! += slack;
          columnPrice[other]! -= slack;
        } else if (other < columns) least[other]! -= slack;
      }
      column = next;
    }
    while (column !== columns) {
      rowOf[column] = rowOf[before[column]!]!;
      column = before[column]!;
    }
  }
  const assigned = new Array<number>(costs.length).fill(-1);
  for (let column = 0; column < columns; column++) {
    if (rowOf[column] !== -1) assigned[rowOf[column]!] = column;
  }
  return assigned;
}
