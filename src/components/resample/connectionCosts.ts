import { create } from "d3";
import { connectionAlternatives } from "../../architecture/costs/connectionAlternatives.js";
import type { Operation } from "../../architecture/costs/connections.js";
import { type Costs, sumOfCosts } from "../../architecture/costs/costs.js";
import { quantity } from "../tables/quantity.js";

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
  const table = create<HTMLElement>("table").attr("class", "edge-costs");
  table.append("caption").text(caption);
  const header = table.append("thead").append("tr");
  header.append("td");
  for (const { title } of measures) header.append("th").attr("scope", "col").text(title);
  const body = table.append("tbody");
  for (const { name, costs } of rows) {
    const row = body.append("tr");
    row.append("th").attr("scope", "row").text(name);
    for (const { of } of measures) {
      const most = Math.max(1, ...rows.map((other) => of(other.costs)));
      const own = of(costs);
      const factor = own / Math.max(1, of(rows[0]!.costs));
      const cell = row.append("td");
      cell
        .append("span")
        .attr("class", "bar")
        .attr("aria-hidden", "true")
        .style("width", `${((100 * own) / most).toFixed(1)}%`);
      cell.append("span").text(quantity(own));
      if (costs !== rows[0]!.costs) cell.append("small").text(` ${factor.toFixed(1)} times`);
    }
  }
  return table.node()!;
}
