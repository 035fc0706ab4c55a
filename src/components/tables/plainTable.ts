import { create } from "d3-selection";

/** Text, text that leads somewhere, or a command to type. */
export type PlainCell =
  | string
  | { readonly text: string; readonly address: string }
  | { readonly command: string };

export interface PlainTableOptions {
  /** Names the table. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** A cell a column; the first one names the row. */
  readonly rows: readonly (readonly PlainCell[])[];
}

/** A table of words: nothing in it is sorted or compared. Wider than the page, it scrolls within its own box. */
export function plainTable({ caption, columns, rows }: PlainTableOptions): HTMLElement {
  const box = create<HTMLElement>("div")
    .attr("class", "plain-table scroll")
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", caption);
  const table = box.append("table");
  table.append("caption").text(caption);
  const head = table.append("thead").append("tr");
  for (const column of columns) head.append("th").attr("scope", "col").text(column);
  const body = table.append("tbody");
  for (const row of rows) {
    const line = body.append("tr");
    for (const [index, cell] of row.entries()) {
      const place = index === 0 ? line.append("th").attr("scope", "row") : line.append("td");
      if (typeof cell === "string") place.text(cell);
      else if ("command" in cell) place.append("code").text(cell.command);
      else place.append("a").attr("href", cell.address).text(cell.text);
    }
  }
  return box.node()!;
}
