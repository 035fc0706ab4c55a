import type { Description, PartId } from "../../../architecture/costs/description.js";
import type { Difference } from "../../../architecture/graph/difference.js";
import { shownText } from "../../../text/shownText.js";
import { connectionWords } from "../../diagram/blockSentence.js";
import { kindNames } from "../../diagram/blockShape.js";
import { levelInk } from "../../diagram/levelColour.js";
import { quantity } from "../../tables/quantity.js";
import { type Cell, numbers, scrollingTable } from "../../tables/table.js";
import { differenceSummary, differenceWords } from "../differenceWords.js";

/**
 * What the block diagram shows, as a table: one row per block, then the other parts, then the whole. With a difference,
 * what each block is in the other network.
 */
export function blockTable(description: Description, difference?: Difference): HTMLElement {
  const differing = new Map(difference?.blocks.map((block) => [block.id, differenceWords(block)]));
  const blocks = description.blocks.map((block) => {
    const from = description.connections
      .filter(({ to }) => to === block.id)
      .map((connection) => `${connection.from} ${connectionWords(connection)}`);
    return {
      data: { id: block.id },
      cells: [
        block.id,
        (cell: Cell) => cell.text(`L${block.level}`).style("color", levelInk(block.level)),
        block.repeats > 1 ? `${kindNames[block.kind]}, ${block.repeats} times` : kindNames[block.kind],
        block.shape.join("×"),
        from.join(", ") || "stem",
        quantity(block.parameters.trainable),
        quantity(block.multiplyAdds),
        block.output ? `P${block.output}` : block.used ? "" : "reaches none",
        ...(difference ? [differing.get(block.id) ?? ""] : []),
      ],
    };
  });
  const parts = description.parts.map((part) => ({ ...part, name: partName(part.id, description) }));
  const others = [...parts, { ...description, name: "whole" }].map(({ name, parameters, multiplyAdds }) => {
    const costs = [quantity(parameters.trainable), quantity(multiplyAdds)];
    return [name, "", "", "", "", ...costs, "", ...(difference ? [""] : [])];
  });
  return scrollingTable({
    className: "block-table",
    caption:
      `${shownText(description.model)} at ${description.size.join("×")} px, ${description.classes} classes: blocks, then the other parts` +
      (difference ? `. ${differenceSummary(difference)}` : ""),
    columns: [
      "block",
      "level",
      "kind",
      numbers("shape"),
      "from",
      numbers("parameters"),
      numbers("multiply-adds"),
      "output",
      ...(difference ? [`in ${difference.than}`] : []),
    ],
    rows: [...blocks, ...others],
  });
}

function partName(id: PartId, { pyramid }: Description): string {
  if (id === "fpn") return "FPN";
  const endpoint = pyramid.find(({ part }) => part === id);
  return endpoint ? `endpoint P${endpoint.level}` : id;
}
