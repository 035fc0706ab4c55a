import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastAssignment } from "../../../src/architecture/graph/leastAssignment.js";

/** The least sum over all ways to give each row a column of its own. */
function leastByTrial(costs: readonly (readonly number[])[], taken: readonly number[] = []): number {
  const [row, ...rest] = costs;
  if (row === undefined) return 0;
  return Math.min(
    ...row.flatMap((cost, column) =>
      taken.includes(column) ? [] : [cost + leastByTrial(rest, [...taken, column])],
    ),
  );
}

describe("the least assignment", () => {
  it("leaves the cheapest column to the row that needs it most", () => {
    // 1 + 2 = 3, where each row's own cheapest would be the same column.
    expect(
      leastAssignment([
        [1, 2],
        [1, 9],
      ]),
    ).toEqual([1, 0]);
  });

  it("is as cheap as the best of all ways", () => {
    const costs = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 1 }))
      .chain(([rows, more]) =>
        fc.array(fc.array(fc.nat(20), { minLength: rows + more, maxLength: rows + more }), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    fc.assert(
      fc.property(costs, (table) => {
        const assigned = leastAssignment(table);
        expect(new Set(assigned).size).toBe(table.length);
        const sum = assigned.reduce((total, column, row) => total + table[row]![column]!, 0);
        expect(sum).toBe(leastByTrial(table));
      }),
    );
  });
});
