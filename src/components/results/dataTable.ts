import * as aq from "arquero";
import type { ResultsRow, ResultsTable } from "../../pageData/resultsTable.js";
import { compareCells, type Sort } from "../tables/order.js";
import { idOf } from "./tableSettings.js";

/** A table's rows as arquero filters, sorts and writes them: a column for each key, and for the source in any case. */
export function dataTable({ rows, columns }: Pick<ResultsTable, "rows" | "columns">): aq.ColumnTable {
  const keys = [...columns.map(({ key }) => key), ...rows.flatMap(Object.keys), "source"];
  return aq.from(rows, [...new Set(keys)]);
}

/** The rows of some ids, in the order of the ids. */
export function withIds(data: aq.ColumnTable, ids: readonly string[]): aq.ColumnTable {
  const place = aq.escape((row: ResultsRow) => ids.indexOf(idOf(row)));
  return data.filter(aq.escape((row: ResultsRow) => ids.includes(idOf(row)))).orderby(place);
}

/** The rows that a table's verbs have kept, in the order that they have given them. */
export function keptRows(data: aq.ColumnTable, rows: readonly ResultsRow[]): ResultsRow[] {
  return Array.from(data.indices(), (index) => rows[index]!);
}

/** A table in order; equal rows stay as given, and empty cells come last in either direction. */
export function sorted(data: aq.ColumnTable, sort: Sort | null): aq.ColumnTable {
  if (sort === null) return data;
  const isEmpty = aq.escape((row: ResultsRow) => (row[sort.key] ?? null) === null);
  const cells = aq.collate(aq.field(sort.key), compareCells);
  return data.orderby(isEmpty, sort.direction === "descending" ? aq.desc(cells) : cells);
}
