import { create } from "d3";
import { type ConnectionHandle, handlesOf } from "../../../architecture/drawing/connectionHandles.js";
import type { Point } from "../../../architecture/drawing/diagram.js";
import type { Frame, FrameBlock } from "../../../architecture/drawing/transition.js";
import { levelColour } from "../../diagram/levelColour.js";
import type { HeldConnection } from "../session/hand.js";

interface HandlesState {
  readonly frame: Frame;
  /** The block whose connections can be taken; null where none can. */
  readonly id: number | null;
  /** How many connections that block may have. */
  readonly places: number;
  /** The one that is taken. */
  readonly held: HeldConnection | null;
  /** Where a pointer has its end. */
  readonly at: Point | null;
}

interface ConnectionHandles {
  /** The handles, above the blocks. */
  readonly node: SVGGElement;
  /** Rings and thread, below the blocks. */
  readonly below: SVGGElement;
  draw(state: HandlesState): void;
  /** The connection whose handle is nearest to a point, if that is within a finger's reach. */
  at(point: Point): number | null;
}

/** The size of a touch target, in pixels. */
const reach = 44;

/**
 * Round handles on the connections of the chosen block. While one is in hand: its thread, a ring around each possible
 * parent, and a mark around the block it points at. Hidden from screen readers, since keys do the same.
 */
export function connectionHandles(): ConnectionHandles {
  const layer = (name: string) =>
    create<SVGGElement>("svg:g").attr("class", name).attr("aria-hidden", "true");
  const below = layer("candidates");
  const rings = below.append("g");
  const thread = below.append("path").attr("class", "thread");
  const grips = layer("handles");
  let shown: readonly ConnectionHandle[] = [];
  return {
    node: grips.node()!,
    below: below.node()!,
    draw({ frame, id, places, held, at }) {
      shown = id === null || held?.by === "pointer" ? [] : handlesOf(frame, id, places);
      const blocks = frame.blocks.filter(({ leaving }) => !leaving);
      rings
        .selectAll<SVGRectElement, FrameBlock>("rect")
        .data(held ? blocks.filter(({ block }) => isMarked(held, block.id)) : [], ({ key }) => key)
        .join("rect")
        .attr("class", ({ block }) => ringClass(held, block.id))
        .attr("x", ({ x, width }) => x - width / 2 - 5)
        .attr("y", ({ y, height }) => y - height / 2 - 5)
        .attr("width", ({ width }) => width + 10)
        .attr("height", ({ height }) => height + 10)
        .attr("rx", 5);
      thread.attr("d", threadOf(blocks, held, at));
      thread.classed("refused", held?.free === false);
      grips
        .selectAll<SVGGElement, ConnectionHandle>("g")
        .data(shown, ({ place }) => place)
        .join((enter) => {
          const grip = enter.append("g");
          grip
            .append("rect")
            .attr("class", "reach")
            .attr("x", -reach / 2)
            .attr("y", -reach / 2)
            .attr("width", reach)
            .attr("height", reach);
          grip.append("circle").attr("r", 6);
          grip.append("path").attr("d", "M-3,0H3M0,-3V3");
          return grip;
        })
        .attr("class", ({ place, parent }) =>
          ["handle", parent === null ? "free" : "", held?.place === place ? "taken" : ""].join(" ").trim(),
        )
        .attr("data-place", ({ place }) => place)
        .attr("transform", ({ x, y }) => `translate(${x},${y})`)
        .style("color", ({ parent }) => {
          const level = blocks.find(({ block }) => block.id === parent)?.block.level;
          return level === undefined ? null : levelColour(level);
        });
    },
    at({ x, y }) {
      const near = shown
        .filter((handle) => Math.abs(handle.x - x) <= reach / 2 && Math.abs(handle.y - y) <= reach / 2)
        .toSorted((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y));
      return near[0]?.place ?? null;
    },
  };
}

function isMarked({ possible, candidate }: HeldConnection, id: number): boolean {
  return possible.has(id) || id === candidate;
}

function ringClass(held: HeldConnection | null, id: number): string {
  if (id !== held?.candidate) return "ring";
  return held.free ? "ring over" : "ring over refused";
}

/** From the held end to the reader; null where the connection itself is drawn. */
function threadOf(
  blocks: readonly FrameBlock[],
  held: HeldConnection | null,
  at: Point | null,
): string | null {
  if (!held) return null;
  const reader = blocks.find(({ block }) => block.id === held.id);
  const over = blocks.find(({ block }) => block.id === held.candidate);
  const end = at ?? (held.free ? undefined : over);
  return reader && end ? `M${end.x},${end.y}L${reader.x},${reader.y}` : null;
}
