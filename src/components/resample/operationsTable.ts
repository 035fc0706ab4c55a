import { create } from "d3";
import type { Operation } from "../../architecture/costs/connections.js";
import { sumOfCosts } from "../../architecture/costs/costs.js";
import { quantity } from "../tables/quantity.js";
import { afterWords, operationKind, operationTitle } from "./words.js";

/** What a connection's operations cost together, in words. */
export function operationsTotal(operations: readonly Operation[]): string {
  const { parameters, multiplyAdds } = sumOfCosts(operations);
  return `${operations.length} steps, ${quantity(parameters.trainable)} parameters, ${quantity(multiplyAdds)} multiply-adds`;
}

/** A connection, operation by operation: what is done, the map that leaves it, what it costs, and all of them together. */
export function operationsTable(operations: readonly Operation[], caption: string): HTMLElement {
  const region = create<HTMLElement>("div")
    .attr("class", "scroll")
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", caption);
  const table = region.append("table").attr("class", "edge-steps-table");
  table.append("caption").text(caption);
  const header = table.append("thead").append("tr");
  const columns = ["step", "in", "out", "parameters", "multiply-adds"];
  columns.forEach((text, index) => {
    header
      .append("th")
      .attr("scope", "col")
      .attr("class", index > 2 ? "number" : null)
      .text(text);
  });
  const body = table.append("tbody");
  const add = (name: string, shapes: readonly [string, string], parameters: number, multiplyAdds: number) => {
    const row = body.append("tr");
    row.append("th").attr("scope", "row").text(name);
    for (const shape of shapes) row.append("td").text(shape);
    for (const count of [parameters, multiplyAdds]) {
      row.append("td").attr("class", "number").text(count.toLocaleString("en-US"));
    }
    return row;
  };
  operations.forEach((operation, index) => {
    const { input, output, parameters, multiplyAdds } = operation;
    const words = [operationTitle(operation), afterWords(operation)].filter(Boolean).join(", ");
    const shapes = [input.join("×"), output.join("×")] as const;
    add(words, shapes, parameters.trainable, multiplyAdds).attr(
      "data-step",
      operationKind(operations, index),
    );
  });
  const total = sumOfCosts(operations);
  add("together", ["", ""], total.parameters.trainable, total.multiplyAdds);
  return region.node()!;
}
