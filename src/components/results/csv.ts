import type { ColumnTable } from "arquero";
import type { ResultsColumn } from "../../pageData/resultsTable.js";

/**
 * A table as CSV: a header of the columns' keys, which name their units, then each value in full, not as it is rounded
 * on the page. The source comes last, whether or not it is a column.
 */
export function csvOf(data: ColumnTable, columns: readonly ResultsColumn[]): string {
  const keys = columns.map(({ key }) => key).filter((key) => key !== "source");
  return data.toCSV({ columns: [...keys, "source"] });
}
