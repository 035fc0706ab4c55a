import { type CostNode, pathTo } from "../../../architecture/costs/costTree.js";
import { quantity } from "../../tables/quantity.js";
import { type CellContent, numbers, scrollingTable } from "../../tables/table.js";
import { nodeTitle, operation, percentage, shapeWords } from "./words.js";

/**
 * What an icicle shows of its open node, as a table: one row per part, those without cost too, then the node itself.
 * Parts that have parts are buttons that open them.
 */
export function icicleTable(open: CostNode, root: CostNode, openNode: (id: string) => void): HTMLElement {
  const layers = open.children.some(({ layer }) => layer);
  const shares = (node: CostNode) => [
    quantity(node.multiplyAdds),
    percentage(node.multiplyAdds, root.multiplyAdds),
    sharedElsewhere(node) ? "shared" : quantity(node.parameters.trainable),
    percentage(node.parameters.trainable, root.parameters.trainable),
  ];
  return scrollingTable({
    className: "icicle-table",
    caption: `What ${open === root ? "" : `${open.name} of `}${root.name} is made of`,
    captionShown: false,
    columns: [
      layers ? "layer" : "part",
      ...(layers ? ["operation", numbers("output")] : []),
      ...["multiply-adds", "of all", "parameters", "of all"].map(numbers),
    ],
    rows: [...open.children, open].map((node) => ({
      className: node === open ? "whole" : undefined,
      data: { part: pathTo(root, node.id)[1]?.id },
      cells: [
        node === open ? "together" : nameOf(node, openNode),
        ...(layers ? (node.layer ? [operation(node.layer), shapeWords(node.layer)] : ["", ""]) : []),
        ...shares(node),
      ],
    })),
  });
}

function nameOf(node: CostNode, openNode: (id: string) => void): CellContent {
  const title = nodeTitle(node);
  if (node.children.length === 0) return title;
  return (cell) => {
    cell
      .append("button")
      .attr("type", "button")
      .attr("aria-label", `Open ${title}`)
      .text(title)
      .on("click", () => openNode(node.id));
  };
}

/** Whether a layer's tensors are counted at another one that uses them first. */
function sharedElsewhere({ layer, parameters }: CostNode): boolean {
  return layer?.weights !== undefined && parameters.total === 0;
}
