import { quantile } from "d3";
import type { MeasureName } from "../../../architecture/graph/networkMeasures.js";
import { type Cell, numbers } from "../../tables/table.js";
import type { ComparedNetwork } from "../comparedNetworks.js";
import { searchTable } from "../searchTable.js";
import { measureWords } from "./measureWords.js";
import { rankOf, rankWords } from "./percentile.js";

/**
 * Each measure of many sampled networks and of some published ones, and the rank of the first published one, whose
 * numbers come first to be visible on a narrow screen without scrolling.
 */
export function measureTable(
  names: readonly MeasureName[],
  among: Readonly<Record<MeasureName, readonly number[]>>,
  networks: readonly ComparedNetwork[],
  caption: string,
): HTMLElement {
  const [first, ...others] = networks;
  if (first === undefined) throw new Error("a table of measures needs a network to place");
  const { model } = first.description;
  const figure = searchTable({
    className: "measure-table",
    caption,
    columns: [
      "measure",
      ...[model, "5% below", "median", "95% below"].map(numbers),
      ...others.map(({ description }) => numbers(description.model)),
      `${model} is`,
    ],
    rows: names.map((name) => {
      const { title, meaning, format } = measureWords[name];
      const values = among[name];
      return {
        data: { measure: name },
        cells: [
          (cell: Cell) => cell.text(title).append("small").text(meaning),
          ...[
            first.measures[name],
            ...[0.05, 0.5, 0.95].map((share) => quantile(values, share)!),
            ...others.map(({ measures }) => measures[name]),
          ].map(format),
          rankWords(rankOf(first.measures[name], values), "samples"),
        ],
      };
    }),
  });
  figure.classList.add("wide");
  return figure;
}
