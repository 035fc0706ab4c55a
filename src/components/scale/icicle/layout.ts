import { hierarchy, partition } from "d3";
import { type CostMeasure, costBy } from "../../../architecture/costs/costShares.js";
import type { CostNode } from "../../../architecture/costs/costTree.js";

/** A node's rectangle, in pixels, and its place among what is drawn. */
export interface IcicleCell {
  readonly node: CostNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 1 for children of the open node, 2 for theirs, and so on. */
  readonly depth: number;
  /** The drawn node that it is a part of; absent in the first column. */
  readonly parent?: string;
  /** Its place among its drawn siblings, from 1. */
  readonly place: number;
  readonly siblings: number;
}

interface IcicleFrame {
  readonly width: number;
  readonly height: number;
  /** How many generations below the open node are drawn, at most. */
  readonly columns: number;
}

/**
 * Rectangles of what an open node is made of: a column a generation from left to right, heights in proportion to cost.
 * What costs nothing has no rectangle. In the order in which a reader walks the tree: each node, then its parts.
 */
export function icicleLayout(
  open: CostNode,
  measure: CostMeasure,
  { width, height, columns: most }: IcicleFrame,
): IcicleCell[] {
  const root = hierarchy(open, ({ children }) => children.filter((child) => costBy(child, measure) > 0)).sum(
    (node) => (node.children.length === 0 ? costBy(node, measure) : 0),
  );
  const columns = Math.min(most, root.height);
  if (columns === 0) return [];
  const placed = partition<CostNode>().size([height, root.height + 1])(root);
  const across = width / columns;
  const cells: IcicleCell[] = [];
  placed.eachBefore(({ data, depth, x0, x1, parent }) => {
    if (depth === 0 || depth > columns || !parent) return;
    const siblings = parent.children ?? [];
    cells.push({
      node: data,
      x: (depth - 1) * across,
      y: x0,
      width: across,
      height: x1 - x0,
      depth,
      ...(depth > 1 ? { parent: parent.data.id } : {}),
      place: siblings.findIndex((sibling) => sibling.data === data) + 1,
      siblings: siblings.length,
    });
  });
  return cells;
}
