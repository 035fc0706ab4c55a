import type { Point } from "../../architecture/drawing/diagram.js";
import { outlineOf } from "../../architecture/drawing/outline.js";
import { rounded } from "../../architecture/drawing/rounded.js";
import type { BlockKind } from "../../architecture/model/model.js";

/** What each kind of block is called. */
export const kindNames: Readonly<Record<BlockKind, string>> = {
  bottleneck: "bottleneck",
  residual: "residual",
  mbconv: "MBConv",
};

/** The outline of a block around (0, 0), as an SVG path. */
export function blockShape(kind: BlockKind, width: number, height: number): string {
  return pathOf(outlineOf(kind, width, height));
}

/** An outline as an SVG path. */
export function pathOf(outline: readonly Point[]): string {
  return `M${outline.map(({ x, y }) => `${rounded(x)},${rounded(y)}`).join("L")}Z`;
}
