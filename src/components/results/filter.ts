import type { ResultsColumn, ResultsRow } from "../../pageData/resultsTable.js";
import { formatCell } from "../tables/column.js";

export interface ResultsFilter {
  /** Words that a row must all have, in any column. */
  readonly find: string;
  /** The one value wanted of a key, for each key that is filtered by. */
  readonly choices: Readonly<Record<string, string>>;
}

/** The distinct values of a key, in the order of the rows. */
export function optionsOf(rows: readonly ResultsRow[], key: string): string[] {
  const values = rows.map((row) => row[key] ?? null).filter((value) => value !== null);
  return [...new Set(values.map(String))];
}

/** The rows that have every word looked for, as it is shown, and each value chosen. */
export function filtered(
  rows: readonly ResultsRow[],
  columns: readonly ResultsColumn[],
  { find, choices }: ResultsFilter,
): ResultsRow[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const shown = columns.map((column) => formatCell(row[column.key] ?? null, column));
    const text = shown.join("\n").toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      Object.entries(choices).every(([key, value]) => String(row[key] ?? "") === value)
    );
  });
}
