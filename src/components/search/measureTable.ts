import { create, quantile } from "d3";
import type { MeasureName } from "../../architecture/graph/networkMeasures.js";
import type { ComparedNetwork } from "./comparedNetworks.js";
import { measureWords } from "./measureWords.js";
import { standingOf, standingWords } from "./percentile.js";

/**
 * Each measure of many sampled networks and of some published ones, and where the first of those stands: its numbers come
 * first, so that a narrow screen shows them without scrolling.
 */
export function measureTable(
  names: readonly MeasureName[],
  among: Readonly<Record<MeasureName, readonly number[]>>,
  networks: readonly ComparedNetwork[],
  caption: string,
): HTMLElement {
  const [first, ...others] = networks;
  if (first === undefined) throw new Error("a table of measures needs a network to place");
  const figure = create<HTMLElement>("figure").attr("class", "search-table wide");
  const table = figure
    .append("div")
    .attr("class", "scroll")
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", caption)
    .append("table")
    .attr("class", "measure-table")
    .attr("aria-label", caption);
  figure.append("figcaption").text(caption);
  const head = table.append("thead").append("tr");
  head.append("th").attr("scope", "col").text("measure");
  for (const text of [
    first.description.model,
    "5% below",
    "median",
    "95% below",
    ...others.map(({ description }) => description.model),
  ]) {
    head.append("th").attr("scope", "col").attr("class", "number").text(text);
  }
  head.append("th").attr("scope", "col").text(`${first.description.model} is`);
  const body = table.append("tbody");
  for (const name of names) {
    const { title, meaning, format } = measureWords[name];
    const row = body.append("tr").attr("data-measure", name);
    const header = row.append("th").attr("scope", "row").text(title);
    header.append("small").text(meaning);
    const values = among[name];
    const numbers = [
      first.measures[name],
      ...[0.05, 0.5, 0.95].map((share) => quantile(values, share)!),
      ...others.map(({ measures }) => measures[name]),
    ];
    for (const number of numbers) row.append("td").attr("class", "number").text(format(number));
    row.append("td").text(standingWords(standingOf(first.measures[name], values), "samples"));
  }
  return figure.node()!;
}
