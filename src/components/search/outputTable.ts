import { create } from "d3";
import type { Description } from "../../architecture/costs/description.js";
import { featureGraphOf } from "../../architecture/graph/featureGraph.js";
import { measureGraph } from "../../architecture/graph/graphMeasures.js";
import type { SampledOutput } from "../../pageData/search.js";

const measures = ["shortestPath", "longestPath", "paths", "scales"] as const;
type OutputMeasure = (typeof measures)[number];

const titles: Readonly<Record<OutputMeasure, string>> = {
  shortestPath: "Shortest path, in blocks",
  longestPath: "Longest path, in blocks",
  paths: "Paths",
  scales: "Levels seen",
};

/** What lies between the input and each output: published networks, and the median of sampled ones. */
export function outputTable(
  networks: readonly Description[],
  sampled: readonly Pick<SampledOutput, "level" | OutputMeasure>[],
  caption: string,
): HTMLElement {
  const figure = create<HTMLElement>("figure").attr("class", "search-table");
  const table = figure
    .append("div")
    .attr("class", "scroll")
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", caption)
    .append("table")
    .attr("class", "output-table")
    .attr("aria-label", caption);
  figure.append("figcaption").text(caption);
  const head = table.append("thead").append("tr");
  head.append("th").attr("scope", "col").text("network");
  for (const { level } of sampled)
    head.append("th").attr("scope", "col").attr("class", "number").text(`P${level}`);
  const outputs = networks.map((network) => measureGraph(featureGraphOf(network)).outputs);
  for (const measure of measures) {
    const body = table.append("tbody");
    body
      .append("tr")
      .append("th")
      .attr("scope", "rowgroup")
      .attr("colspan", sampled.length + 1)
      .text(titles[measure]);
    const addRow = (name: string) => {
      const row = body.append("tr");
      row.append("th").attr("scope", "row").text(name);
      return (text: string, small = "") => {
        const cell = row.append("td").attr("class", "number").text(text);
        if (small !== "") cell.append("small").text(` ${small}`);
      };
    };
    networks.forEach(({ model }, index) => {
      const addCell = addRow(model);
      for (const { level } of sampled) {
        const output = outputs[index]!.find((one) => one.level === level);
        addCell(output === undefined ? "–" : String(output[measure]));
      }
    });
    const addCell = addRow("sampled, median");
    for (const { [measure]: spread } of sampled)
      addCell(String(spread.median), `${spread.low}–${spread.high}`);
  }
  return figure.node()!;
}
