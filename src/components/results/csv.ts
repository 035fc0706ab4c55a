import { csvFormatRows } from "d3";
import type { ResultsColumn, ResultsRow } from "../../pageData/resultsTable.js";

/**
 * Rows as CSV: a header of the columns' keys, which name their units, then each value in full, not as it is rounded
 * on the page. The source stands last, whether or not it is a column.
 */
export function csvOf(rows: readonly ResultsRow[], columns: readonly ResultsColumn[]): string {
  const keys = [...columns.map(({ key }) => key).filter((key) => key !== "source"), "source"];
  const cells = rows.map((row) => keys.map((key) => String(row[key] ?? "")));
  return `${csvFormatRows([keys, ...cells])}\n`;
}
