import type { Description } from "../../architecture/costs/description.js";
import { featureGraphOf } from "../../architecture/graph/featureGraph.js";
import { measureGraph } from "../../architecture/graph/graphMeasures.js";
import type { SampledOutput } from "../../pageData/search.js";
import { type Cell, numbers } from "../tables/table.js";
import { searchTable } from "./searchTable.js";

const measures = ["shortestPath", "longestPath", "paths", "scales"] as const;
type OutputMeasure = (typeof measures)[number];

const titles: Readonly<Record<OutputMeasure, string>> = {
  shortestPath: "Shortest path, in blocks",
  longestPath: "Longest path, in blocks",
  paths: "Paths",
  scales: "Levels seen",
};

/** Paths from the input to each output, of published networks and of the median sampled one. */
export function outputTable(
  networks: readonly Description[],
  sampled: readonly Pick<SampledOutput, "level" | OutputMeasure>[],
  caption: string,
): HTMLElement {
  const outputs = networks.map((network) => measureGraph(featureGraphOf(network)).outputs);
  return searchTable({
    className: "output-table",
    caption,
    columns: ["network", ...sampled.map(({ level }) => numbers(`P${level}`))],
    groups: measures.map((measure) => ({
      title: titles[measure],
      rows: [
        ...networks.map(({ model }, index) => [
          model,
          ...sampled.map(({ level }) => outputs[index]!.find((one) => one.level === level)?.[measure] ?? "–"),
        ]),
        [
          "sampled, median",
          ...sampled.map(({ [measure]: { low, median, high } }) => (cell: Cell) => {
            cell.text(median).append("small").text(` ${low}–${high}`);
          }),
        ],
      ],
    })),
  });
}
