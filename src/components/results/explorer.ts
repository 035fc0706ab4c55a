import { create } from "d3";
import type { ResultsRow, ResultsTable } from "../../pageData/resultsTable.js";
import { whenSized } from "../page/whenSized.js";
import { formatCell } from "../tables/column.js";
import { ordered } from "../tables/order.js";
import { sortableTable } from "../tables/sortableTable.js";
import { appendSources, shownColumns, sourcesOf } from "../tables/sources.js";
import { comparisonPanel } from "./comparisonPanel.js";
import { filtered } from "./filter.js";
import { canBeCompared, idOf, type TableView, untouched } from "./tableSettings.js";
import { resultsTools } from "./tableToolbar.js";

interface ResultsExplorerOptions {
  /** The name of the file that it is saved as, without extension. */
  readonly file: string;
  /** Told of every view but those that `show` gives. */
  readonly changed?: (view: TableView) => void;
  /** Told the id of the row that the pointer or the keyboard is in; null when in none. */
  readonly touched?: (id: string | null) => void;
}

export interface ResultsExplorer {
  readonly node: HTMLElement;
  show(view: TableView): void;
  /** The ids of the rows that are not filtered out. */
  shown(): ReadonlySet<string>;
  /** Lights up the row of an id, or none. */
  light(id: string | null): void;
}

/**
 * A table of results that can be sorted, filtered and saved as CSV, and whose ticked rows are compared. All of it is
 * drawn at once: nothing moves unless the reader moves it.
 */
export function resultsExplorer(table: ResultsTable, options: ResultsExplorerOptions): ResultsExplorer {
  const { caption, about, columns: given, rows, remarks = {} } = table;
  const { file, changed, touched } = options;
  const sources = sourcesOf(rows);
  const columns = shownColumns(given, sources);
  const compared = canBeCompared(table);
  const nameOf = (row: ResultsRow): string =>
    String(row.name ?? formatCell(row[columns[0]!.key]!, columns[0]!));
  let view = untouched;
  const change = (part: Partial<TableView>): void => {
    show({ ...view, ...part });
    changed?.(view);
  };

  const figure = create<HTMLElement>("figure").attr("class", "results-table results-explorer wide");
  figure.append("figcaption").text(caption).append("small").text(` ${about}`);
  const tools = resultsTools(table, file, change);
  const grid = sortableTable(rows, {
    columns,
    caption,
    nameOf,
    sorted: (sort) => change({ sort }),
    remark: (row, key) => remarks[idOf(row)]?.[key],
    touched: (row) => touched?.(row === null ? null : idOf(row)),
    ...(compared ? { ticked: tick } : {}),
  });
  const panel = comparisonPanel(columns, nameOf, () => change({ ticked: [] }));
  figure.append(() => tools.node);
  figure.append(() => grid.node);
  if (compared) figure.append(() => panel.node);
  appendSources(figure, sources);
  if (Object.keys(remarks).length > 0) {
    const line = figure.append("p").attr("class", "results-sources").text("≠ Sources disagree: ");
    line.append("a").attr("href", "#where-sources-disagree").text("see below");
    line.append("span").text(".");
  }
  whenSized(grid.node, (width) => {
    tools.node.classList.toggle("results-overflows", grid.node.scrollWidth > width);
  });
  show(untouched);

  function tick(row: ResultsRow, on: boolean): void {
    const others = view.ticked.filter((id) => id !== idOf(row));
    change({ ticked: on ? [...others, idOf(row)] : others });
  }

  function show(next: TableView): void {
    view = next;
    const shown = filtered(rows, given, view);
    const ticked = view.ticked.flatMap((id) => rows.filter((row) => idOf(row) === id));
    grid.show({
      sort: view.sort,
      order: ordered(rows, view.sort),
      shown: new Set(shown),
      ticked: new Set(ticked),
    });
    tools.show(view, shown);
    panel.show(ticked);
  }

  return {
    node: figure.node()!,
    show,
    shown: () => new Set(filtered(rows, given, view).map(idOf)),
    light: (id) => grid.light(rows.find((row) => idOf(row) === id) ?? null),
  };
}
