import type { ResultsRow, ResultsTable } from "../../pageData/resultsTable.js";
import type { Sort } from "../tables/order.js";
import type { ResultsFilter } from "./filter.js";

/** How the reader has set one table. */
export interface TableView extends ResultsFilter {
  readonly sort: Sort | null;
  /** The ids of ticked rows, in the order in which they were ticked. */
  readonly ticked: readonly string[];
}

/** A table that the reader has not touched. */
export const untouched: TableView = { sort: null, find: "", choices: {}, ticked: [] };

/** A row's id. */
export function idOf({ id }: ResultsRow): string {
  return String(id ?? "");
}

/** Fewer rows than this are read at a glance; a filter would only be in the way. */
const fewestToFilter = 7;

export function canBeFiltered({ rows }: ResultsTable): boolean {
  return rows.length >= fewestToFilter;
}

export function canBeCompared({ rows, columns }: ResultsTable): boolean {
  return rows.length > 1 && columns.some(({ comparison }) => comparison !== undefined);
}
