import { create } from "d3";
import type { ResultsColumn, ResultsRow } from "../../pageData/resultsTable.js";
import { ordered, type Sort } from "../tables/order.js";
import { sortableTable } from "../tables/sortableTable.js";
import { appendSources, shownColumns, sourcesOf } from "../tables/sources.js";

interface ResultsTableOptions {
  readonly columns: readonly ResultsColumn[];
  /** Names the table, in print and for screen readers. */
  readonly caption: string;
  /** Follows the caption: split, protocol, whatever holds for every row. */
  readonly about?: string;
}

/**
 * Published, computed and measured numbers side by side, each kind marked in its header.
 *
 * The first column names the row. A header's button sorts: best first, then worst first, then as given. The table
 * scrolls sideways inside its own box, and names its rows' distinct sources (the cells `source`) below.
 */
export function resultsTable(
  rows: readonly ResultsRow[],
  { columns: given, caption, about }: ResultsTableOptions,
): HTMLElement {
  const sources = sourcesOf(rows);
  const columns = shownColumns(given, sources);
  const figure = create<HTMLElement>("figure").attr("class", "results-table wide");
  const title = figure.append("figcaption").text(caption);
  if (about !== undefined) title.append("small").text(` ${about}`);
  const grid = sortableTable(rows, { columns, caption, sorted: show });
  show(null);
  figure.append(() => grid.node);
  appendSources(figure, sources);
  return figure.node()!;

  function show(sort: Sort | null): void {
    grid.show({ sort, order: ordered(rows, sort) });
  }
}
