import type { DiagramConnection, Point } from "./diagram.js";
import { rounded } from "./rounded.js";
import { type Place, pointOn } from "./routing.js";
import type { Frame, FrameBlock } from "./transition.js";

/** Where one of a block's connections can be taken hold of. */
export interface ConnectionHandle extends Point {
  /** 0 for the first connection, 1 for the second. */
  readonly place: number;
  /** What it reads; null for a place that is free. */
  readonly parent: number | null;
}

/** Along the curve from the parent, in pixels: clear of the block, and nearer to it than to the reader. */
const fromParent = 15;
const shareAtMost = 0.4;
/** A free place waits beside the block, in front of it and off its middle. */
const inFront = 13;

/**
 * The handles of a block's connections: on each curve near the block that is read, and beside the block itself for a
 * place that is free.
 *
 * @param places how many connections the block may have
 */
export function handlesOf(
  { blocks, connections, orientation }: Frame,
  id: number,
  places: number,
): ConnectionHandle[] {
  const reader = blocks.find(({ block, leaving }) => block.id === id && !leaving);
  if (!reader || places === 0) return [];
  const curves = reader.block.parents
    .slice(0, places)
    .map((parent) =>
      connections.find(
        ({ from, to, kind, leaving }) => !leaving && kind !== "dangling" && from === parent && to === id,
      ),
    );
  const taken = curves.flatMap((connection, place) =>
    connection ? [{ place, parent: reader.block.parents[place]!, ...alongCurve(connection.curve) }] : [],
  );
  if (reader.block.parents.length >= places) return taken;
  const arrives = curves[0]?.curve[3] ?? reader;
  return [
    ...taken,
    { place: reader.block.parents.length, parent: null, ...beside(reader, arrives, orientation) },
  ];
}

/** The block that a point of a drawing is on or next to, the nearest of several; null where there is none. */
export function blockUnder({ blocks }: Pick<Frame, "blocks">, { x, y }: Point, reach = 8): number | null {
  const near = blocks
    .filter((block) => !block.leaving && isOn(block, { x, y }, reach))
    .map((block) => ({ id: block.block.id, distance: Math.hypot(block.x - x, block.y - y) }));
  return near.toSorted((a, b) => a.distance - b.distance)[0]?.id ?? null;
}

/** True where a point is within a box, or so many pixels beside it. */
function isOn(box: Pick<FrameBlock, "x" | "y" | "width" | "height">, { x, y }: Point, reach = 0): boolean {
  return Math.abs(x - box.x) <= box.width / 2 + reach && Math.abs(y - box.y) <= box.height / 2 + reach;
}

function alongCurve(curve: DiagramConnection["curve"]): Point {
  const [a, b, c, d] = curve.map(({ x, y }): Place => [x, y]);
  const samples = Array.from({ length: 33 }, (_, sample) => pointOn([a!, b!, c!, d!], sample / 32));
  const lengths = samples
    .slice(1)
    .map(([x, y], index) => Math.hypot(x - samples[index]![0], y - samples[index]![1]));
  const wanted = Math.min(fromParent, shareAtMost * lengths.reduce((sum, length) => sum + length, 0));
  let gone = 0;
  const index = lengths.findIndex((length) => {
    gone += length;
    return gone >= wanted;
  });
  const [x, y] = samples[Math.max(0, index) + 1]!;
  return { x: rounded(x), y: rounded(y) };
}

/** In front of a block, on the side of its middle where no connection arrives. */
function beside(block: FrameBlock, arrives: Point, orientation: Frame["orientation"]): Point {
  const [along, across] = orientation === "across" ? (["x", "y"] as const) : (["y", "x"] as const);
  const size = { x: block.width, y: block.height };
  const side = arrives[across] > block[across] ? -1 : 1;
  const point = {
    [along]: block[along] - size[along] / 2 - inFront,
    [across]: block[across] + side * size[across] * 0.6,
  };
  return { x: rounded(point.x!), y: rounded(point.y!) };
}
