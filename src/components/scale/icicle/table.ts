import { create } from "d3";
import { type CostNode, pathTo } from "../../../architecture/costs/tree.js";
import { quantity } from "../../tables/quantity.js";
import { nodeTitle, operation, percentage, shapeWords } from "./words.js";

/**
 * What an icicle shows of its open node, as a table: a row a part, those without cost too, then the node itself.
 * Parts that have parts are buttons that open them.
 */
export function icicleTable(open: CostNode, root: CostNode, openNode: (id: string) => void): HTMLElement {
  const caption = `What ${open === root ? "" : `${open.name} of `}${root.name} is made of`;
  const layers = open.children.some(({ layer }) => layer);
  const region = create<HTMLElement>("div")
    .attr("class", "scroll icicle-table")
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", caption);
  const table = region.append("table").attr("aria-label", caption);
  const head = table.append("thead").append("tr");
  head
    .append("th")
    .attr("scope", "col")
    .text(layers ? "layer" : "part");
  if (layers) {
    head.append("th").attr("scope", "col").text("operation");
    head.append("th").attr("scope", "col").attr("class", "number").text("output");
  }
  for (const name of ["multiply-adds", "of all", "parameters", "of all"]) {
    head.append("th").attr("scope", "col").attr("class", "number").text(name);
  }
  const body = table.append("tbody");
  for (const node of [...open.children, open]) {
    const row = body
      .append("tr")
      .attr("class", node === open ? "whole" : null)
      .attr("data-part", pathTo(root, node.id)[1]?.id ?? null);
    const header = row.append("th").attr("scope", "row");
    const title = node === open ? "together" : nodeTitle(node);
    if (node === open || node.children.length === 0) header.text(title);
    else {
      header
        .append("button")
        .attr("type", "button")
        .attr("aria-label", `Open ${title}`)
        .text(title)
        .on("click", () => openNode(node.id));
    }
    if (layers) {
      const { layer } = node;
      row.append("td").text(layer ? operation(layer) : "");
      row
        .append("td")
        .attr("class", "number")
        .text(layer ? shapeWords(layer) : "");
    }
    const counts = [
      [quantity(node.multiplyAdds), percentage(node.multiplyAdds, root.multiplyAdds)],
      [
        sharedElsewhere(node) ? "shared" : quantity(node.parameters.trainable),
        percentage(node.parameters.trainable, root.parameters.trainable),
      ],
    ];
    for (const text of counts.flat()) row.append("td").attr("class", "number").text(text);
  }
  return region.node()!;
}

/** Whether a layer's tensors are counted at another one that uses them first. */
function sharedElsewhere({ layer, parameters }: CostNode): boolean {
  return layer?.weights !== undefined && parameters.total === 0;
}
