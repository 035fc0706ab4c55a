import type { Operation } from "../../architecture/costs/connections.js";
import { type Costs, sumOfCosts } from "../../architecture/costs/costs.js";
import { quantity } from "../tables/quantity.js";
import { numbers, scrollingTable } from "../tables/table.js";
import { afterWords, operationKind, operationTitle } from "./words.js";

/** What a connection's operations cost together, in words. */
export function operationsTotal(operations: readonly Operation[]): string {
  const { parameters, multiplyAdds } = sumOfCosts(operations);
  return `${operations.length} steps, ${quantity(parameters.trainable)} parameters, ${quantity(multiplyAdds)} multiply-adds`;
}

/** A connection, operation by operation: what is done, the map that leaves it, what it costs, and all of them together. */
export function operationsTable(operations: readonly Operation[], caption: string): HTMLElement {
  const counts = ({ parameters, multiplyAdds }: Costs) =>
    [parameters.trainable, multiplyAdds].map((count) => count.toLocaleString("en-US"));
  return scrollingTable({
    className: "edge-steps-table",
    caption,
    columns: ["step", "in", "out", numbers("parameters"), numbers("multiply-adds")],
    rows: [
      ...operations.map((operation, index) => ({
        data: { step: operationKind(operations, index) },
        cells: [
          [operationTitle(operation), afterWords(operation)].filter(Boolean).join(", "),
          operation.input.join("×"),
          operation.output.join("×"),
          ...counts(operation),
        ],
      })),
      ["together", "", "", ...counts(sumOfCosts(operations))],
    ],
  });
}
