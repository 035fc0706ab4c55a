import { create, type Selection } from "d3";
import type { Description } from "../../../architecture/costs/description.js";
import type { DiagramBlock, DiagramOptions, Point } from "../../../architecture/drawing/diagram.js";
import { diagramOf } from "../../../architecture/drawing/diagramLayout.js";
import type { Frame } from "../../../architecture/drawing/transition.js";
import type {
  BlockDifference,
  Difference,
  DifferentConnection,
} from "../../../architecture/graph/difference.js";
import { blockShape } from "../../diagram/blockShape.js";
import { levelColour } from "../../diagram/levelColour.js";

interface Overlay {
  readonly difference: Difference;
  /** The network that the drawn one is compared with. */
  readonly other: Description;
  readonly frame: Frame;
  readonly options: DiagramOptions;
  /** The highlighted block, to which lines are limited; null for none. */
  readonly shown: number | null;
}

interface DifferenceOverlay {
  /** Outlines and lines, for below the blocks. */
  readonly below: SVGGElement;
  /** Signs, for above them. */
  readonly above: SVGGElement;
  draw(overlay: Overlay | null): void;
}

type Group = Selection<SVGGElement, undefined, null, undefined>;

/**
 * How another network differs, over a drawing: a dashed outline where a block is there, a dotted line from it to the block
 * it became, a sign on each block that differs (+ for a new one), and dashed lines for connections that are gone.
 */
export function differenceOverlay(): DifferenceOverlay {
  const layer = (): Group =>
    create<SVGGElement>("svg:g").attr("class", "difference").attr("aria-hidden", "true");
  const [below, above] = [layer(), layer()];
  let known: { other: Description; width: number; blocks: readonly DiagramBlock[] } | null = null;
  return {
    below: below.node()!,
    above: above.node()!,
    draw(drawn) {
      below.selectChildren().remove();
      above.selectChildren().remove();
      if (!drawn) return;
      const { other, options, difference, frame, shown } = drawn;
      if (known?.other !== other || known.width !== options.width) {
        const { blocks } = diagramOf(other, { ...options, routes: "plain" });
        known = { other, width: options.width, blocks };
      }
      const theirs = known.blocks;
      const staying = frame.blocks.filter(({ leaving }) => !leaving);
      const own = new Map(difference.partners.map((partner, id) => [partner, staying[id]]));
      const partner = shown === null ? null : (difference.partners[shown] ?? null);
      const removed = difference.removed.filter(
        ({ from, to }) => shown === null || from === partner || to === partner,
      );
      drawRemoved(below, removed, (id) => own.get(id) ?? theirs[id]!);
      for (const { id, other: twin, moved, level } of difference.blocks) {
        if (twin === null || !(moved || level !== undefined) || !(shown === null || shown === id)) continue;
        drawWay(below, theirs[twin]!, staying[id]!);
        drawGhost(below, theirs[twin]!);
      }
      for (const id of difference.missing) drawGhost(below, theirs[id]!);
      for (const block of difference.blocks) drawSign(above, staying[block.id]!, signOf(block));
    },
  };
}

function signOf({ other }: BlockDifference): string {
  return other === null ? "+" : "≠";
}

function drawRemoved(
  group: Group,
  removed: readonly DifferentConnection[],
  placeOf: (id: number) => Point,
): void {
  for (const { from, to } of removed) {
    const [start, end] = [placeOf(from), placeOf(to)];
    const reach = (end.x - start.x) * 0.4;
    group
      .append("path")
      .attr("class", "removed")
      .attr(
        "d",
        `M${start.x},${start.y}C${start.x + reach},${start.y} ${end.x - reach},${end.y} ${end.x},${end.y}`,
      );
  }
}

function drawGhost(group: Group, { block, x, y, width, height }: DiagramBlock): void {
  group
    .append("path")
    .attr("class", "ghost")
    .attr("transform", `translate(${x},${y})`)
    .attr("d", blockShape(block.kind, width, height))
    .style("color", levelColour(block.level));
}

function drawWay(group: Group, from: Point, to: Point): void {
  group.append("path").attr("class", "way").attr("d", `M${from.x},${from.y}L${to.x},${to.y}`);
}

function drawSign(group: Group, { x, y, width, height }: DiagramBlock, sign: string): void {
  const mark = group
    .append("g")
    .attr("class", "sign")
    .attr("transform", `translate(${x + width / 2},${y - height / 2})`);
  mark.append("circle").attr("r", 7);
  mark.append("text").attr("dy", "0.34em").text(sign);
}
