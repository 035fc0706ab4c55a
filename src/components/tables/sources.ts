import type { Selection } from "d3";
import type { ResultsColumn, ResultsRow } from "../../pageData/resultsTable.js";
import { sourceAddress } from "./sourceLink.js";

/** Separates two sources in one cell. */
const between = "; ";

/** The distinct sources of rows, in the order in which they occur. */
export function sourcesOf(rows: readonly ResultsRow[]): string[] {
  const cells = rows.map(({ source }) => source).filter((source) => typeof source === "string");
  return [...new Set(cells.flatMap((cell) => cell.split(between)))];
}

/** Without the column of sources where the line below names the only one: it would just take up room. */
export function shownColumns(columns: readonly ResultsColumn[], sources: readonly string[]): ResultsColumn[] {
  return columns.filter(({ key }) => key !== "source" || sources.length > 1);
}

/** Each source of a cell, as text, or as a link where its address is known. */
export function appendSource<Parent extends HTMLElement>(
  parent: Selection<Parent, undefined, null, undefined>,
  source: string,
): void {
  source.split(between).forEach((one, index) => {
    if (index > 0) parent.append("span").text(between);
    const address = sourceAddress(one);
    if (address === undefined) parent.append("span").text(one);
    else parent.append("a").attr("href", address).text(one);
  });
}

/** The line below a table that names its sources. */
export function appendSources(
  figure: Selection<HTMLElement, undefined, null, undefined>,
  sources: readonly string[],
): void {
  if (sources.length === 0) return;
  const line = figure.append("p").attr("class", "results-sources").text("Source: ");
  appendSource(line, sources.join(between));
  line.append("span").text(".");
}
