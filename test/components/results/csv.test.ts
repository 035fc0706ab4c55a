import { csvParse } from "d3";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadResults } from "../../../loaders/pages/results/loadResults.js";
import { csvOf } from "../../../src/components/results/csv.js";

const { tables } = await loadResults();

describe("csvOf(rows, columns)", () => {
  const columns = [
    { key: "source", label: "Source" },
    { key: "AP", label: "AP", decimals: [1, 1] as const },
    { key: "note", label: "Note" },
  ];

  it("writes values in full, quotes what needs it, leaves missing ones empty, and puts the source last", () => {
    const rows = [
      { AP: 42.857142, note: 'says "no", twice', source: "A, Table 2" },
      { AP: null, note: null, source: "B" },
    ];
    expect(csvOf(rows, columns)).toBe('AP,note,source\n42.857142,"says ""no"", twice","A, Table 2"\n,,B\n');
  });

  it("names the source where it is no column", () => {
    expect(csvOf([{ AP: 1, source: "A" }], columns.slice(1, 2))).toBe("AP,source\n1,A\n");
  });

  it("read again, has the same values, whatever stands in them", () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", "a") }));
    const row = fc.record({
      AP: fc.double({ noNaN: true, noDefaultInfinity: true }),
      note: text,
      source: text,
    });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const read = csvParse(csvOf(rows, columns));
        expect(read.map(({ AP, note, source }) => ({ AP: Number(AP), note, source }))).toEqual(
          // −0 is written as 0.
          rows.map((one) => ({ ...one, AP: one.AP === 0 ? 0 : one.AP })),
        );
      }),
    );
  });

  it.each(Object.entries(tables))("keeps every value of the page's table %s", (_, table) => {
    const read = csvParse(csvOf(table.rows, table.columns));
    expect(read).toHaveLength(table.rows.length);
    table.rows.forEach((row, index) => {
      for (const { key } of table.columns) {
        const cell = row[key] ?? "";
        const again = read[index]![key]!;
        expect(typeof cell === "number" ? Number(again) : again).toBe(cell);
      }
    });
  });
});
