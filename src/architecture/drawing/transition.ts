import type {
  Box,
  Diagram,
  DiagramBlock,
  DiagramConnection,
  DiagramLevel,
  DiagramPart,
  Point,
} from "./diagram.js";
import { outlineOf } from "./outline.js";
import { rounded } from "./rounded.js";

/** What is recognised in another drawing, and may be fading into this one or out of it. */
interface Actor {
  readonly key: string;
  /** From 0 to 1. */
  readonly opacity: number;
  /** It is not in the frame that this one leads to. */
  readonly leaving?: boolean;
}

export interface FrameBlock extends DiagramBlock, Actor {
  /** Its outline around (0, 0). */
  readonly outline: readonly Point[];
}
export type FramePart = DiagramPart & Actor;
export interface FrameConnection extends DiagramConnection, Actor {
  /** Keys of what it leads from and to. */
  readonly ends: readonly [from: string, to: string];
}
export type FrameLevel = DiagramLevel & Actor;

/** A drawing at one moment between two networks, or at rest. */
export interface Frame extends Pick<Diagram, "width" | "height" | "orientation"> {
  readonly levels: readonly FrameLevel[];
  readonly blocks: readonly FrameBlock[];
  readonly parts: readonly FramePart[];
  readonly connections: readonly FrameConnection[];
}

/**
 * A diagram at rest.
 *
 * @param keys what each block is known by in other drawings; its number where absent
 */
export function frameOf(diagram: Diagram, keys?: readonly string[]): Frame {
  const keyOf = (end: number | string): string =>
    typeof end === "number" ? (keys?.[end] ?? String(end)) : end;
  return {
    width: diagram.width,
    height: diagram.height,
    orientation: diagram.orientation,
    levels: diagram.levels.map((level) => ({ ...level, key: `L${level.level}`, opacity: 1 })),
    blocks: diagram.blocks.map((block) => ({
      ...block,
      key: keyOf(block.block.id),
      opacity: 1,
      outline: outlineOf(block.block.kind, block.width, block.height),
    })),
    parts: diagram.parts.map((part) => ({ ...part, key: part.name, opacity: 1 })),
    connections: diagram.connections.map((connection) => ({
      ...connection,
      key: `${keyOf(connection.from)}>${keyOf(connection.to)}`,
      ends: [keyOf(connection.from), keyOf(connection.to)],
      opacity: 1,
    })),
  };
}

/**
 * The frames between two, by time from 0 to 1. What both have moves in straight lines, what only one has fades, and a
 * connection that fades stays at the blocks that it joins; names, levels and kinds are those of the second from the
 * start, so only places change gradually.
 */
export function transition(from: Frame, to: Frame): (time: number) => Frame {
  return (time) => {
    if (time <= 0) return from;
    if (time >= 1) return to;
    const between = (a: number, b: number): number => rounded(a + (b - a) * time);
    const point = (a: Point, b: Point): Point => ({ x: between(a.x, b.x), y: between(a.y, b.y) });
    const box = (a: Box, b: Box): Box => ({
      ...point(a, b),
      width: between(a.width, b.width),
      height: between(a.height, b.height),
    });
    const blocks = joined(from.blocks, to.blocks, between, (a, b) => ({
      ...box(a, b),
      outline:
        a.outline.length === b.outline.length
          ? b.outline.map((corner, index) => point(a.outline[index]!, corner))
          : b.outline,
    }));
    const parts = joined(from.parts, to.parts, between, box);
    const now = new Map([...blocks, ...parts].map((actor) => [actor.key, actor]));
    const connections = joined(from.connections, to.connections, between, (a, b) => ({
      curve: [
        point(a.curve[0], b.curve[0]),
        point(a.curve[1], b.curve[1]),
        point(a.curve[2], b.curve[2]),
        point(a.curve[3], b.curve[3]),
      ] as const,
      labelAt: point(a.labelAt, b.labelAt),
    }));
    const both = new Set(from.connections.map(({ key }) => key));
    return {
      width: between(from.width, to.width),
      height: between(from.height, to.height),
      orientation: to.orientation,
      levels: joined(from.levels, to.levels, between, (a, b) => ({ strip: box(a.strip, b.strip) })),
      blocks,
      parts,
      connections: connections.map((connection) => {
        if (!connection.leaving && both.has(connection.key)) return connection;
        return carried(connection, connection.leaving ? from : to, now);
      }),
    };
  };
}

/** A connection at the ends where they are now, in the form that it has between their places in a frame at rest. */
function carried(
  connection: FrameConnection,
  { blocks, parts }: Frame,
  now: ReadonlyMap<string, Point>,
): FrameConnection {
  const shiftOf = (end: string): Point => {
    const rest = [...blocks, ...parts].find(({ key }) => key === end);
    const here = now.get(end);
    return rest && here ? { x: here.x - rest.x, y: here.y - rest.y } : { x: 0, y: 0 };
  };
  const [start, end] = [shiftOf(connection.ends[0]), shiftOf(connection.ends[1])];
  const shifted = (point: Point, by: Point): Point => ({
    x: rounded(point.x + by.x),
    y: rounded(point.y + by.y),
  });
  const [a, b, c, d] = connection.curve;
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  return {
    ...connection,
    curve: [shifted(a, start), shifted(b, start), shifted(c, end), shifted(d, end)],
    labelAt: shifted(connection.labelAt, middle),
  };
}

/** Actors of either frame: those of both between their places, the others where they are, more or less there. */
function joined<Kind extends Actor>(
  from: readonly Kind[],
  to: readonly Kind[],
  between: (a: number, b: number) => number,
  place: (a: Kind, b: Kind) => Partial<Kind>,
): Kind[] {
  const before = new Map(from.map((actor) => [actor.key, actor]));
  const after = new Set(to.map(({ key }) => key));
  return [
    ...to.map((actor) => {
      const earlier = before.get(actor.key);
      return earlier
        ? { ...actor, ...place(earlier, actor), opacity: between(earlier.opacity, actor.opacity) }
        : { ...actor, opacity: between(0, actor.opacity) };
    }),
    ...from
      .filter(({ key }) => !after.has(key))
      .map((actor) => ({ ...actor, leaving: true, opacity: between(actor.opacity, 0) })),
  ];
}
