import type { ResultsColumn, ResultsRow } from "./column.js";
import type { ResultsChoice, ResultsFilter } from "./filter.js";
import type { Sort } from "./order.js";

/** How a reader has set one table. */
export interface TableView extends ResultsFilter {
  readonly sort: Sort | null;
  /** The ids of ticked rows, in the order in which they were ticked. */
  readonly ticked: readonly string[];
}

/** A table as it stands at first. */
export const untouched: TableView = { sort: null, find: "", choices: {}, ticked: [] };

/** A table that can be narrowed, whose rows can be told apart by their cells `id`. */
export interface ExploredTable {
  readonly caption: string;
  readonly about: string;
  readonly columns: readonly ResultsColumn[];
  readonly rows: readonly ResultsRow[];
  /** What the table can be narrowed by. */
  readonly choices?: readonly ResultsChoice[];
  /** For a row's id and a column's key, what another source says of that cell. */
  readonly remarks?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A row's id. */
export function idOf({ id }: ResultsRow): string {
  return String(id ?? "");
}

/** Fewer rows than this are seen at a glance; a filter would only stand in their way. */
const fewestToFilter = 7;

export function canBeFiltered({ rows }: ExploredTable): boolean {
  return rows.length >= fewestToFilter;
}

export function canBeCompared({ rows, columns }: ExploredTable): boolean {
  return rows.length > 1 && columns.some(({ comparison }) => comparison !== undefined);
}
