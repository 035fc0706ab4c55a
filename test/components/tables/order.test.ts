import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextSort, ordered } from "../../../src/components/tables/order.js";

const AP = { key: "AP", label: "AP" } as const;
const model = { key: "model", label: "Model", origin: "text" } as const;

describe("nextSort(column, sort)", () => {
  it("goes from the best to the worst to none, and begins anew at another column", () => {
    const best = nextSort(AP, null);
    expect(best).toEqual({ key: "AP", direction: "descending" });
    const worst = nextSort(AP, best);
    expect(worst).toEqual({ key: "AP", direction: "ascending" });
    expect(nextSort(AP, worst)).toBeNull();
    expect(nextSort(model, worst)).toEqual({ key: "model", direction: "ascending" });
  });
});

describe("ordered(rows, sort)", () => {
  it("keeps every row, those without a number last, equal ones as they were given", () => {
    const cell = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 5 }));
    const direction = fc.constantFrom("ascending" as const, "descending" as const);
    fc.assert(
      fc.property(fc.array(cell), direction, (cells, way) => {
        const rows = cells.map((AP, place) => ({ AP, place }));
        const sorted = ordered(rows, { key: "AP", direction: way });
        expect(sorted.toSorted((a, b) => a.place - b.place)).toEqual(rows);
        sorted.slice(1).forEach((row, index) => {
          const before = sorted[index]!;
          if (row.AP === before.AP) expect(row.place).toBeGreaterThan(before.place);
          else if (row.AP !== null) {
            expect(before.AP).not.toBeNull();
            expect(Number(before.AP) < row.AP).toBe(way === "ascending");
          }
        });
      }),
    );
  });

  it("orders words by the numbers in them, whatever a column is called", () => {
    const rows = ["B10", "B9", null, "A"].map((name) => ({ "Top-1": name }));
    const names = ordered(rows, { key: "Top-1", direction: "ascending" }).map((row) => row["Top-1"]);
    expect(names).toEqual(["A", "B9", "B10", null]);
  });
});
