import type { Point } from "./diagram.js";
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

function alongCurve(curve: readonly [Point, Point, Point, Point]): Point {
  const steps = 32;
  const points = Array.from({ length: steps + 1 }, (_, step) => pointOn(curve, step / steps));
  const lengths = points
    .slice(1)
    .map(({ x, y }, index) => Math.hypot(x - points[index]!.x, y - points[index]!.y));
  const wanted = Math.min(fromParent, shareAtMost * lengths.reduce((sum, length) => sum + length, 0));
  let gone = 0;
  const index = lengths.findIndex((length) => {
    gone += length;
    return gone >= wanted;
  });
  return rounded(points[Math.max(0, index) + 1]!);
}

function pointOn([a, b, c, d]: readonly [Point, Point, Point, Point], at: number): Point {
  const rest = 1 - at;
  const of = (axis: "x" | "y"): number =>
    rest ** 3 * a[axis] + 3 * rest ** 2 * at * b[axis] + 3 * rest * at ** 2 * c[axis] + at ** 3 * d[axis];
  return { x: of("x"), y: of("y") };
}

/** In front of a block, on the side of its middle where no connection arrives. */
function beside(block: FrameBlock, arrives: Point, orientation: Frame["orientation"]): Point {
  if (orientation === "across") {
    const side = arrives.y > block.y ? -1 : 1;
    return rounded({ x: block.x - block.width / 2 - inFront, y: block.y + side * block.height * 0.6 });
  }
  const side = arrives.x > block.x ? -1 : 1;
  return rounded({ x: block.x + side * block.width * 0.6, y: block.y - block.height / 2 - inFront });
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x * 100) / 100, y: Math.round(y * 100) / 100 };
}
