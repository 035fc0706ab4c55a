import { create } from "d3";
import { scrollingTable, type TableOptions } from "../tables/table.js";

/** A figure of a table that scrolls above its caption. */
export function searchTable(options: TableOptions): HTMLElement {
  const figure = create<HTMLElement>("figure").attr("class", "search-table");
  figure.append(() => scrollingTable({ ...options, captionShown: false }));
  figure.append("figcaption").text(options.caption);
  return figure.node()!;
}
