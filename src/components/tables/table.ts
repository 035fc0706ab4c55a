import { create, type Selection } from "d3-selection";

export type Cell = Selection<HTMLTableCellElement, undefined, null, undefined>;

/** Text, or a function that fills the cell. */
export type CellContent = string | number | ((cell: Cell) => unknown);

interface TableRow {
  /** One per column; the first names the row. */
  readonly cells: readonly CellContent[];
  readonly className?: string | undefined;
  /** `data-…` attributes, none where undefined. */
  readonly data?: Readonly<Record<string, string | number | undefined>>;
}

type Rows = readonly (TableRow | readonly CellContent[])[];

export interface TableOptions {
  /** Names the table. */
  readonly caption: string;
  /** False where the page shows the caption elsewhere: then it is the table's label. */
  readonly captionShown?: boolean;
  readonly className?: string;
  /** Titles, in `numbers` where a column's cells are numbers, which are set flush right. */
  readonly columns: readonly (string | NumberColumn)[];
  readonly rows?: Rows;
  /** In place of `rows`: rows below titles of their own. */
  readonly groups?: readonly { readonly title?: string; readonly rows: Rows }[];
}

interface NumberColumn {
  readonly number: string;
}

/** A column of numbers: as many decimals in each cell, and the decimal points are aligned. */
export const numbers = (title: string): NumberColumn => ({ number: title });

/** A table with a header for each column and each row. */
export function table({
  caption,
  captionShown = true,
  className,
  columns,
  rows = [],
  groups = [{ rows }],
}: TableOptions): HTMLTableElement {
  const element = create<HTMLTableElement>("table").attr("class", className ?? null);
  if (captionShown) element.append("caption").text(caption);
  else element.attr("aria-label", caption);
  const classes = columns.map((column) => (typeof column === "string" ? null : "number"));
  const head = element.append("thead").append("tr");
  columns.forEach((column, index) => {
    const title = typeof column === "string" ? column : column.number;
    const cell = title === "" ? head.append("td") : head.append("th").attr("scope", "col");
    cell.attr("class", classes[index]!).text(title);
  });
  for (const group of groups) {
    const body = element.append("tbody");
    if (group.title !== undefined) {
      body
        .append("tr")
        .append("th")
        .attr("scope", "rowgroup")
        .attr("colspan", columns.length)
        .text(group.title);
    }
    for (const row of group.rows) body.append(() => rowOf("cells" in row ? row : { cells: row }, classes));
  }
  return element.node()!;
}

/** A table that scrolls sideways within its own region where it is wider than the page; the class is the region's. */
export function scrollingTable({ className = "", ...options }: TableOptions): HTMLElement {
  const region = scrollRegion(options.caption, className);
  region.append(table(options));
  return region;
}

/** A box that can be scrolled by keyboard. */
export function scrollRegion(label: string, className = ""): HTMLElement {
  return create<HTMLElement>("div")
    .attr("class", `scroll ${className}`.trim())
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", label)
    .node()!;
}

function rowOf(
  { cells, className, data = {} }: TableRow,
  classes: readonly (string | null)[],
): HTMLTableRowElement {
  const row = create("tr").attr("class", className ?? null);
  for (const [name, value] of Object.entries(data)) row.attr(`data-${name}`, value ?? null);
  cells.forEach((content, index) => {
    const cell = create<HTMLTableCellElement>(index === 0 ? "th" : "td").attr("class", classes[index]!);
    if (index === 0) cell.attr("scope", "row");
    if (typeof content === "function") content(cell);
    else cell.text(content);
    row.append(() => cell.node()!);
  });
  return row.node()!;
}
