import { create } from "d3";
import type { Connection } from "../../architecture/costs/connections.js";
import type { Description } from "../../architecture/costs/description.js";
import { connectionWords } from "../diagram/blockSentence.js";
import { operationWords } from "../diagram/operationWords.js";

interface Way {
  readonly words: string;
  readonly operations: string;
  readonly connections: string[];
}

const order = ["down", "same", "up", "direct", "dangling"] as const satisfies readonly Connection["kind"][];

/** Each way a network's connections bring a map to its reader's size and width, and which connections do so. */
export function resamplingTable({ model, connections }: Description): HTMLElement {
  const caption = `How ${model}'s connections get from one scale to another`;
  const region = create("div")
    .attr("class", "scroll")
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", caption);
  const table = region.append("table").attr("class", "resampling-table");
  table.append("caption").text(caption);
  const header = table.append("thead").append("tr");
  for (const text of ["size", "steps", "connections"]) header.append("th").attr("scope", "col").text(text);
  const body = table.append("tbody");
  for (const way of waysOf(connections)) {
    const row = body.append("tr");
    row.append("th").attr("scope", "row").text(way.words);
    row.append("td").text(way.operations);
    row.append("td").text(`${way.connections.length}: ${way.connections.join(", ")}`);
  }
  return region.node()!;
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
