import type { BlockKind } from "../model/model.js";
import type { Point } from "./diagram.js";

/**
 * The outline of a block in drawings, around (0, 0): kinds differ in shape, since colour shows the level. A
 * bottleneck is a box, a residual block a diamond (as in the paper's figure 4), an MBConv a hexagon.
 */
export function outlineOf(kind: BlockKind, width: number, height: number): Point[] {
  const [x, y] = [width / 2, height / 2];
  switch (kind) {
    case "bottleneck":
      return corners([-x, -y], [x, -y], [x, y], [-x, y]);
    case "residual":
      // A diamond has less area than a box of its size, so it is drawn a little larger.
      return corners([-x * 1.12, 0], [0, -y * 1.25], [x * 1.12, 0], [0, y * 1.25]);
    case "mbconv":
      return corners([-x, 0], [-x * 0.55, -y], [x * 0.55, -y], [x, 0], [x * 0.55, y], [-x * 0.55, y]);
  }
}

function corners(...points: readonly (readonly [number, number])[]): Point[] {
  return points.map(([x, y]) => ({ x, y }));
}

/** How far an outline reaches along one axis, at an offset from the centre on the other; 0 beyond its corners. */
export function reachAt(outline: readonly Point[], axis: "x" | "y", offset: number): number {
  const other = axis === "x" ? "y" : "x";
  let reach = 0;
  outline.forEach((from, index) => {
    const to = outline[(index + 1) % outline.length]!;
    const [low, high] = [Math.min(from[other], to[other]), Math.max(from[other], to[other])];
    if (offset < low || offset > high) return;
    const share = high === low ? 0 : (offset - from[other]) / (to[other] - from[other]);
    const here = from[axis] + share * (to[axis] - from[axis]);
    reach = Math.max(reach, here, high === low ? to[axis] : here);
  });
  return reach;
}
