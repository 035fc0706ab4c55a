import { create, type Selection } from "d3";
import { sourceAddress } from "./sourceLink.js";

export type Cell = string | number | null;

export interface ResultsColumn {
  /** The key of its cells in a row. */
  readonly key: string;
  readonly label: string;
  /** Shown small under the label. */
  readonly unit?: string;
  /**
   * Where its cells come from: "computed" and "measured" are this project's and say so in the header; a "setting" is
   * a number that was chosen, as a seed is.
   */
  readonly origin?: "text" | "setting" | "published" | "computed" | "measured";
  /** Least and most decimals shown; the cell as it is when absent. */
  readonly decimals?: readonly [least: number, most: number];
}

export interface ResultsTableOptions {
  readonly columns: readonly ResultsColumn[];
  /** Names the table for readers of screens and of print. */
  readonly caption: string;
  /** Told beside the caption: split, protocol, whatever holds for every row. */
  readonly about?: string;
}

type Row = Readonly<Record<string, Cell>>;
type Direction = "ascending" | "descending" | "none";

const marked = new Set<ResultsColumn["origin"]>(["computed", "measured"]);

/**
 * Published, computed and measured numbers side by side, each kind marked in its header.
 *
 * The first column names the row. A header's button sorts: best first, then worst first, then as given. The table
 * scrolls sideways inside its own box, and names its rows' distinct sources (the cells `source`) below.
 */
export function resultsTable(
  rows: readonly Row[],
  { columns: given, caption, about }: ResultsTableOptions,
): HTMLElement {
  const sources = [
    ...new Set(rows.map(({ source }) => source).filter((source) => typeof source === "string")),
  ];
  // One source for all rows stands in the line below; a column of it would only take the numbers' room.
  const columns = given.filter(({ key }) => key !== "source" || sources.length > 1);
  const figure = create("figure").attr("class", "results-table wide");
  const title = figure.append("figcaption").text(caption);
  if (about !== undefined) title.append("small").text(` ${about}`);
  const table = figure
    .append("div")
    .attr("class", "results-scroll")
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", caption)
    .append("table");
  const head = table.append("thead").append("tr");
  const headers = columns.map((column) => drawHeader(head, column));
  const body = table.append("tbody");
  const drawn = rows.map((row) => ({ row, element: drawRow(row, columns) }));

  let sortedBy: ResultsColumn | null = null;
  let direction: Direction = "none";
  const arrange = (): void => {
    const key = sortedBy?.key;
    const order =
      key === undefined
        ? drawn
        : drawn.toSorted((a, b) => compare(a.row[key] ?? null, b.row[key] ?? null, direction));
    body.node()?.replaceChildren(...order.map(({ element }) => element));
    headers.forEach((header, index) => {
      header.attr("aria-sort", columns[index] === sortedBy ? direction : "none");
    });
  };
  headers.forEach((header, index) => {
    const column = columns[index]!;
    const cycle: Direction[] = isText(column)
      ? ["none", "ascending", "descending"]
      : ["none", "descending", "ascending"];
    header.select("button").on("click", () => {
      const before = sortedBy === column ? cycle.indexOf(direction) : 0;
      direction = cycle[(before + 1) % cycle.length]!;
      sortedBy = direction === "none" ? null : column;
      arrange();
    });
  });
  arrange();

  if (sources.length > 0) {
    const line = figure.append("p").attr("class", "results-sources").text("Source: ");
    sources.forEach((source, index) => {
      if (index > 0) line.append("span").text("; ");
      appendSource(line, source);
    });
    line.append("span").text(".");
  }
  return figure.node()!;
}

function drawHeader(head: Selection<HTMLTableRowElement, undefined, null, undefined>, column: ResultsColumn) {
  const { label, unit, origin } = column;
  const header = head
    .append("th")
    .attr("scope", "col")
    .attr("data-origin", origin ?? "published")
    .attr("class", isText(column) ? "text" : "number");
  header
    .append("button")
    .attr("type", "button")
    .text(label)
    .append("span")
    .attr("class", "results-arrow")
    .attr("aria-hidden", "true");
  if (unit !== undefined) header.append("small").text(unit);
  if (origin !== undefined && marked.has(origin)) {
    header.append("small").attr("class", "results-mark").text(origin);
  }
  return header;
}

function drawRow(row: Row, columns: readonly ResultsColumn[]): HTMLTableRowElement {
  const line = create("tr").attr("title", typeof row.source === "string" ? `Source: ${row.source}` : null);
  columns.forEach((column, index) => {
    const cell =
      index === 0
        ? line.append("th").attr("scope", "row")
        : line.append("td").attr("data-origin", column.origin ?? "published");
    cell.attr("class", isText(column) ? "text" : "number");
    const value = row[column.key] ?? null;
    if (column.key === "source" && typeof value === "string") appendSource(cell, value);
    else cell.text(format(value, column));
  });
  return line.node()!;
}

/** A source as text, or as a link where its address is known. */
function appendSource<Parent extends HTMLElement>(
  parent: Selection<Parent, undefined, null, undefined>,
  source: string,
): void {
  const address = sourceAddress(source);
  if (address === undefined) parent.append("span").text(source);
  else parent.append("a").attr("href", address).text(source);
}

function isText({ origin }: ResultsColumn): boolean {
  return origin === "text";
}

function format(cell: Cell, { decimals, origin }: ResultsColumn): string {
  if (cell === null) return origin === "text" ? "" : "–";
  if (typeof cell === "string" || decimals === undefined) return String(cell);
  const [least, most] = decimals;
  // "negative" keeps a rounded −0.04 from being shown as minus zero.
  const words = cell.toLocaleString("en-US", {
    minimumFractionDigits: least,
    maximumFractionDigits: most,
    signDisplay: "negative",
  });
  return words.replace("-", "−");
}

/** Empty cells come last whichever way the others run. */
function compare(a: Cell, b: Cell, direction: Direction): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order =
    typeof a === "number" && typeof b === "number"
      ? a - b
      : String(a).localeCompare(String(b), "en", { numeric: true });
  return direction === "descending" ? -order : order;
}
