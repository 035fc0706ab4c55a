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
