import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { isRefused } from "../../../src/architecture/edit/edit.js";
import { moveBlock } from "../../../src/architecture/edit/moveBlock.js";
import { modelByName, modelNames } from "../../../src/architecture/families/named.js";
import { leastAssignment, matchBlocks } from "../../../src/architecture/graph/blockMatching.js";

const blocksOf = (name: (typeof modelNames)[number]) => descriptionOf(modelByName(name)).blocks;

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

describe("pairing the blocks of two networks", () => {
  it.each(modelNames)("pairs each block of %s with itself", (name) => {
    const blocks = blocksOf(name);
    expect(matchBlocks(blocks, blocks)).toEqual(blocks.map(({ id }) => id));
  });

  it("follows a block that moved", () => {
    const moved = moveBlock(modelByName("spinenet-49"), 3, 2);
    if (isRefused(moved)) throw new Error(moved.refused);
    expect(matchBlocks(blocksOf("spinenet-49"), descriptionOf(moved.model).blocks).slice(0, 5)).toEqual([
      0, 1, 3, 2, 4,
    ]);
  });

  it("pairs outputs with outputs of their level", () => {
    // R0-SP53 has its outputs as P3, P4, P5, P7, P6, SpineNet-49 as P4, P3, P5, P7, P6.
    expect(matchBlocks(blocksOf("r0-sp53"), blocksOf("spinenet-49")).slice(12)).toEqual([13, 12, 14, 15, 16]);
  });

  it("leaves over what the longer network has more, either way round", () => {
    const [chain, permuted] = [blocksOf("resnet-50-fpn"), blocksOf("spinenet-49")];
    const there = matchBlocks(chain, permuted);
    expect(there.filter((partner) => partner === null)).toHaveLength(1);
    const back = matchBlocks(permuted, chain);
    expect(back.every((partner) => partner !== null)).toBe(true);
    there.forEach((partner, id) => {
      if (partner !== null) expect(back[partner]).toBe(id);
    });
  });
});
