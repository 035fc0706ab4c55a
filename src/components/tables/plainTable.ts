import { type CellContent, scrollingTable } from "./table.js";

/** Text, text that leads somewhere, or a command to type. */
type PlainCell = string | { readonly text: string; readonly address: string } | { readonly command: string };

interface PlainTableOptions {
  /** Names the table. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** One cell per column; the first one names the row. */
  readonly rows: readonly (readonly PlainCell[])[];
}

/** A table of text, links and commands that scrolls where it is wider than the page. */
export function plainTable({ caption, columns, rows }: PlainTableOptions): HTMLElement {
  return scrollingTable({
    className: "plain-table",
    caption,
    columns,
    rows: rows.map((row) => row.map(contentOf)),
  });
}

function contentOf(cell: PlainCell): CellContent {
  if (typeof cell === "string") return cell;
  if ("command" in cell) return (place) => place.append("code").text(cell.command);
  return (place) => place.append("a").attr("href", cell.address).text(cell.text);
}
