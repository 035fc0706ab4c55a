import type { Cell, ResultsColumn, ResultsRow } from "../../pageData/resultsTable.js";
import { isText } from "./column.js";

export interface Sort {
  /** The column's key. */
  readonly key: string;
  readonly direction: "ascending" | "descending";
}

/** The order after a press on a column's header: best first, then worst first, then as given. */
export function nextSort(column: ResultsColumn, sort: Sort | null): Sort | null {
  const { key } = column;
  const [first, second] = isText(column)
    ? (["ascending", "descending"] as const)
    : (["descending", "ascending"] as const);
  if (sort?.key !== key) return { key, direction: first };
  return sort.direction === first ? { key, direction: second } : null;
}

/** Rows in order; equal ones stay as given, and empty cells come last whichever way the others run. */
export function ordered<Row extends ResultsRow>(rows: readonly Row[], sort: Sort | null): readonly Row[] {
  if (sort === null) return rows;
  const { key, direction } = sort;
  return rows.toSorted((one, other) => {
    const [a, b] = [one[key] ?? null, other[key] ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return direction === "descending" ? compareCells(b, a) : compareCells(a, b);
  });
}

/** Orders two cells that are not empty: numbers by value, words by the alphabet, numbers in them by value. */
function compareCells(a: Cell, b: Cell): number {
  return typeof a === "number" && typeof b === "number"
    ? a - b
    : String(a).localeCompare(String(b), "en", { numeric: true });
}
