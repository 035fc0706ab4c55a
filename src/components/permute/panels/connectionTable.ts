import type { Connection } from "../../../architecture/costs/connections.js";
import type { Description } from "../../../architecture/costs/description.js";
import { connectionWords } from "../../diagram/blockSentence.js";
import { operationWords } from "../../diagram/operationWords.js";
import { scrollingTable } from "../../tables/table.js";

interface Way {
  readonly words: string;
  readonly operations: string;
  readonly connections: string[];
}

const order = ["down", "same", "up", "direct", "dangling"] as const satisfies readonly Connection["kind"][];

/** Each way a network's connections bring a map to its reader's size and width, and which connections do so. */
export function resamplingTable({ model, connections }: Description): HTMLElement {
  return scrollingTable({
    className: "resampling-table",
    caption: `How ${model}'s connections get from one scale to another`,
    columns: ["size", "steps", "connections"],
    rows: waysOf(connections).map((way) => [
      way.words,
      way.operations,
      `${way.connections.length}: ${way.connections.join(", ")}`,
    ]),
  });
}

function waysOf(connections: readonly Connection[]): Way[] {
  const ways = new Map<string, Way>();
  const sorted = connections
    .filter(({ kind, operations }) => kind === "direct" || kind === "dangling" || operations.length > 0)
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.ratio - b.ratio);
  for (const connection of sorted) {
    const words = connectionWords(connection);
    const operations = connection.operations
      .map((operation) => operationWords({ ...operation, times: connection.ratio }))
      .join(" → ");
    const way = ways.get(words + operations) ?? { words, operations: operations || "none", connections: [] };
    way.connections.push(`${connection.from}→${connection.to}`);
    ways.set(words + operations, way);
  }
  return [...ways.values()];
}
