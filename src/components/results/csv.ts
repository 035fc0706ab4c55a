import { csvFormat } from "d3";
import type { ResultsColumn, ResultsRow } from "../../pageData/resultsTable.js";

/**
 * Rows as CSV: a header of the columns' keys, which name their units, then each value in full, not as it is rounded on
 * the page. The source comes last, whether or not it is a column.
 */
export function csvOf(rows: readonly ResultsRow[], columns: readonly ResultsColumn[]): string {
  const keys = columns.map(({ key }) => key).filter((key) => key !== "source");
  return `${csvFormat(rows, [...keys, "source"])}\n`;
}
