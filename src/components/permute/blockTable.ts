import { create } from "d3";
import type { Description, PartId } from "../../architecture/costs/description.js";
import type { Difference } from "../../architecture/graph/difference.js";
import { connectionWords } from "../diagram/blockSentence.js";
import { kindNames } from "../diagram/blockShape.js";
import { levelInk } from "../diagram/levelColour.js";
import { quantity } from "../tables/quantity.js";
import { differenceSummary, differenceWords } from "./differenceWords.js";

interface Cell {
  readonly text: string;
  readonly number?: boolean;
}

const always: readonly Cell[] = [
  { text: "block" },
  { text: "level" },
  { text: "kind" },
  { text: "shape", number: true },
  { text: "from" },
  { text: "parameters", number: true },
  { text: "multiply-adds", number: true },
  { text: "output" },
];

/**
 * What the block diagram shows, as a table: a row a block, then the other parts, then the whole. With a difference, what
 * each block is in the other network.
 */
export function blockTable(description: Description, difference?: Difference): HTMLElement {
  const caption =
    `${description.model} at ${description.size.join("×")} px, ${description.classes} classes: blocks, then the other parts` +
    (difference ? `. ${differenceSummary(difference)}` : "");
  const columns = difference ? [...always, { text: `in ${difference.than}` }] : always;
  const differing = new Map(difference?.blocks.map((block) => [block.id, differenceWords(block)]));
  const region = create("div")
    .attr("class", "scroll block-table")
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", caption);
  const table = region.append("table");
  table.append("caption").text(caption);
  const header = table.append("thead").append("tr");
  for (const { text, number } of columns) {
    header
      .append("th")
      .attr("scope", "col")
      .classed("number", number === true)
      .text(text);
  }
  const body = table.append("tbody");
  const addRow = (cells: readonly string[], id?: number): void => {
    const row = body.append("tr");
    if (id !== undefined) row.attr("data-id", id);
    cells.forEach((text, index) => {
      const cell = index === 0 ? row.append("th").attr("scope", "row") : row.append("td");
      cell.classed("number", columns[index]!.number === true).text(text);
      if (columns[index]!.text === "level" && id !== undefined) {
        cell.style("color", levelInk(description.blocks[id]!.level));
      }
    });
  };
  for (const block of description.blocks) {
    const from = description.connections
      .filter(({ to }) => to === block.id)
      .map((connection) => `${connection.from} ${connectionWords(connection)}`);
    addRow(
      [
        String(block.id),
        `L${block.level}`,
        block.repeats > 1 ? `${kindNames[block.kind]}, ${block.repeats} times` : kindNames[block.kind],
        block.shape.join("×"),
        from.join(", ") || "stem",
        quantity(block.parameters.trainable),
        quantity(block.multiplyAdds),
        block.output ? `P${block.output}` : block.used ? "" : "reaches none",
        ...(difference ? [differing.get(block.id) ?? ""] : []),
      ],
      block.id,
    );
  }
  const parts = description.parts.map((part) => ({ ...part, name: partName(part.id, description) }));
  for (const { name, parameters, multiplyAdds } of [...parts, { ...description, name: "whole" }]) {
    addRow([
      name,
      "",
      "",
      "",
      "",
      quantity(parameters.trainable),
      quantity(multiplyAdds),
      "",
      ...(difference ? [""] : []),
    ]);
  }
  return region.node()!;
}

function partName(id: PartId, { pyramid }: Description): string {
  if (id === "fpn") return "FPN";
  const endpoint = pyramid.find(({ part }) => part === id);
  return endpoint ? `endpoint P${endpoint.level}` : id;
}
