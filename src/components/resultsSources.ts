import type { Selection } from "d3";
import type { ResultsRow } from "./resultsColumn.js";
import { sourceAddress } from "./sourceLink.js";

/** The distinct sources of rows, in the order in which they occur. */
export function sourcesOf(rows: readonly ResultsRow[]): string[] {
  return [...new Set(rows.map(({ source }) => source).filter((source) => typeof source === "string"))];
}

/** A source as text, or as a link where its address is known. */
export function appendSource<Parent extends HTMLElement>(
  parent: Selection<Parent, undefined, null, undefined>,
  source: string,
): void {
  const address = sourceAddress(source);
  if (address === undefined) parent.append("span").text(source);
  else parent.append("a").attr("href", address).text(source);
}

/** The line below a table that names its sources. */
export function appendSources(
  figure: Selection<HTMLElement, undefined, null, undefined>,
  sources: readonly string[],
): void {
  if (sources.length === 0) return;
  const line = figure.append("p").attr("class", "results-sources").text("Source: ");
  sources.forEach((source, index) => {
    if (index > 0) line.append("span").text("; ");
    appendSource(line, source);
  });
  line.append("span").text(".");
}
