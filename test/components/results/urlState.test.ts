import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costAxes } from "../../../src/components/results/scatter/costAxis.js";
import { idOf, type TableView, untouched } from "../../../src/components/results/tableSettings.js";
import { resultsAddress } from "../../../src/components/results/urlState.js";
import type { ResultsTable } from "../../../src/pageData/resultsTable.js";

const row = (id: string, family: string) => ({ id, model: id, family, AP: 1 });
const detection: ResultsTable = {
  caption: "Detection",
  about: "",
  columns: [
    { key: "model", label: "Model", origin: "text" },
    { key: "AP", label: "AP", comparison: "difference" },
  ],
  rows: ["a", "b", "c", "d"].flatMap((id) => [row(id, "S"), row(`${id}-2`, "R")]),
  choices: [{ key: "family", label: "Family" }],
};
const tables = { detection, small: { ...detection, rows: detection.rows.slice(0, 2) } };
const usual = { axis: "multiplyAddsB", views: { detection: untouched, small: untouched } } as const;

describe("the address of the results page", () => {
  it("without a query means tables as they are given, against multiply-adds", () => {
    expect(resultsAddress(tables).read("")).toEqual({ state: usual, problems: [] });
  });

  it("says what is not usual, and leaves other parameters as they are", () => {
    const view: TableView = {
      sort: { key: "AP", direction: "descending" },
      find: "net 49",
      choices: { family: "S" },
      ticked: ["c-2", "a"],
    };
    const query = resultsAddress(tables).write("?x=1&small.sort=AP.ascending", {
      axis: "parametersM",
      views: { detection: view },
    });
    expect(query).toBe(
      "?x=1&axis=parameters&detection.sort=AP.descending&detection.find=net+49&detection.family=S&detection.rows=c-2.a",
    );
    expect(resultsAddress(tables).write(query, usual)).toBe("?x=1");
  });

  it("read again, is what was written", () => {
    const ids = detection.rows.map(idOf);
    const choices: TableView["choices"][] = [{}, { family: "S" }, { family: "R" }];
    const view = fc.record({
      sort: fc.option(
        fc.record({
          key: fc.constantFrom("model", "AP"),
          direction: fc.constantFrom("ascending" as const, "descending" as const),
        }),
      ),
      find: fc.string({ unit: "grapheme" }),
      choices: fc.constantFrom(...choices),
      ticked: fc.shuffledSubarray(ids),
    });
    fc.assert(
      fc.property(fc.constantFrom(...costAxes), view, (axis, one) => {
        const form = resultsAddress(tables);
        const address = { axis, views: { detection: one, small: untouched } };
        expect(form.read(form.write("", address))).toEqual({
          state: address,
          problems: [],
        });
      }),
    );
  });

  it("says of each value that means nothing what would be right, and takes what is usual", () => {
    const { state, problems } = resultsAddress(tables).read(
      "?axis=time&detection.sort=speed.up&detection.family=X&detection.rows=a.z",
    );
    expect(problems).toEqual([
      "The page's address says axis=time; it should be multiply-adds or parameters. multiply-adds is taken.",
      "The page's address says detection.sort=speed.up; it should be a column, a dot and ascending or descending, " +
        "the columns being model, AP. The table is not sorted.",
      "The page's address says detection.family=X; it should be S or R. All rows are shown.",
      "The page's address says detection.rows=a.z; it should be rows of the table, with dots between them. " +
        "Those that it has are ticked.",
    ]);
    expect(state).toEqual({
      ...usual,
      views: { ...usual.views, detection: { ...untouched, ticked: ["a"] } },
    });
  });

  it("narrows no table that has no tools for it", () => {
    expect(resultsAddress(tables).read("?small.find=a&small.family=S").state).toEqual(usual);
  });
});
