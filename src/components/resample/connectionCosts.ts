import { connectionAlternatives } from "../../architecture/costs/connectionAlternatives.js";
import type { Operation } from "../../architecture/costs/connections.js";
import { type Costs, sumOfCosts } from "../../architecture/costs/costs.js";
import { quantity } from "../tables/quantity.js";
import { type Cell, table } from "../tables/table.js";

interface Row {
  readonly name: string;
  readonly costs: Costs;
}

const measures = [
  { title: "multiply-adds", of: ({ multiplyAdds }: Costs): number => multiplyAdds },
  { title: "parameters", of: ({ parameters }: Costs): number => parameters.trainable },
] as const;

/** Connections' operations beside their alternatives, as bars with their numbers. @param connections one, or several summed */
export function connectionCosts(
  connections: readonly (readonly Operation[])[],
  caption: string,
): HTMLElement {
  const alternatives = connections.map(connectionAlternatives);
  const rows: readonly Row[] = [
    { name: "as built, through αC", costs: sumOfCosts(connections.flat()) },
    {
      name: "one 3×3 convolution",
      costs: sumOfCosts(alternatives.map(({ oneConvolution }) => oneConvolution)),
    },
    {
      name: "the same steps at full width",
      costs: sumOfCosts(alternatives.map(({ fullWidth }) => fullWidth)),
    },
  ];
  const built = rows[0]!.costs;
  return table({
    className: "edge-costs",
    caption,
    columns: ["", ...measures.map(({ title }) => title)],
    rows: rows.map(({ name, costs }) => [
      name,
      ...measures.map(({ of }) => {
        const most = Math.max(1, ...rows.map((other) => of(other.costs)));
        return (cell: Cell) => {
          cell
            .append("span")
            .attr("class", "bar")
            .attr("aria-hidden", "true")
            .style("width", `${((100 * of(costs)) / most).toFixed(1)}%`);
          cell.append("span").text(quantity(of(costs)));
          const factor = of(costs) / Math.max(1, of(built));
          if (costs !== built) cell.append("small").text(` ${factor.toFixed(1)} times`);
        };
      }),
    ]),
  });
}
