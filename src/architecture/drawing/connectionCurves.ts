import type { ConnectionKind } from "../costs/connections.js";
import type { Description } from "../costs/description.js";
import type { Level } from "../model/level.js";
import type { BlockKind } from "../model/model.js";
import type { DiagramConnection, DiagramOptions, Orientation } from "./diagram.js";
import type { Dimensions } from "./dimensions.js";
import { outlineOf, reachAt } from "./outline.js";
import { type Curve, findRoutes, type Obstacle, plainRoutes, type Route } from "./routing.js";

/** A box before its place is turned to x and y. */
export interface Placed {
  readonly level: Level;
  readonly obstacle: Obstacle;
  /** Absent for parts, which are drawn as boxes. */
  readonly kind?: BlockKind;
}

type UnroutedConnection = Omit<DiagramConnection, "curve" | "labelAt">;

/** What leads from where to where in a drawing, with what it does to the size. */
export function drawnConnections({ blocks, connections, pyramid }: Description): UnroutedConnection[] {
  const levelOf = (id: number): Level => blocks[id]!.level;
  return [
    { kind: "part", from: "stem", to: 0, level: levelOf(0), label: "" },
    ...connections.map(({ from, to, kind, ratio }): UnroutedConnection => {
      return { kind, from, to, level: levelOf(from), label: labelOf(kind, ratio) };
    }),
    ...pyramid.flatMap(({ level, block, from }): UnroutedConnection[] => {
      const to = `P${level}`;
      const lateral: UnroutedConnection[] =
        block === undefined ? [] : [{ kind: "part", from: block, to, level: levelOf(block), label: "" }];
      const within: UnroutedConnection[] =
        from === undefined
          ? []
          : [{ kind: "part", from: `P${from}`, to, level: from, label: from > level ? "×2" : "÷2" }];
      return [...lateral, ...within];
    }),
  ];
}

function labelOf(kind: ConnectionKind, ratio: number): string {
  switch (kind) {
    case "down":
      return `÷${Number(ratio.toFixed(1))}`;
    case "up":
      return `×${Number(ratio.toFixed(1))}`;
    case "same":
      return "=";
    case "dangling":
      return "+";
    case "direct":
      return "";
  }
}

/** A curve for each connection: around all boxes, or the simplest there is. */
export function routed(
  connections: readonly UnroutedConnection[],
  placed: ReadonlyMap<number | string, Placed>,
  { strip, extent }: Dimensions,
  { orientation, routes: way = "around" }: Pick<DiagramOptions, "orientation" | "routes">,
): { connection: UnroutedConnection; curve: Curve }[] {
  const routes = connections.map((connection): Route => {
    const from = placed.get(connection.from)!;
    const to = placed.get(connection.to)!;
    const touches = [from.obstacle, to.obstacle];
    const [start, end] = [from.obstacle.centre, to.obstacle.centre];
    if (start[0] === end[0]) {
      const side = Math.sign(end[1] - start[1]);
      return {
        start: [start[0], start[1] + side * from.obstacle.half[1]],
        end: [end[0], end[1] - side * to.obstacle.half[1]],
        touches,
      };
    }
    const leaving = port(connection, connections, placed, "to") * from.obstacle.half[1];
    const arriving = port(connection, connections, placed, "from") * to.obstacle.half[1];
    return {
      start: [start[0] + reachOf(from, orientation, leaving), start[1] + leaving],
      end: [end[0] - reachOf(to, orientation, arriving), end[1] + arriving],
      touches,
    };
  });
  const obstacles = [...placed.values()].map(({ obstacle }) => obstacle);
  const ground = { obstacles, extent: extent[1], pitch: strip };
  const curves = way === "plain" ? plainRoutes(routes, ground) : findRoutes(routes, ground);
  return connections.map((connection, index) => ({ connection, curve: curves[index]! }));
}

/** From a box's centre to its outline along the order of computation, at an offset across. */
function reachOf({ kind, obstacle: { half } }: Placed, orientation: Orientation, offset: number): number {
  if (!kind) return half[0];
  return orientation === "across"
    ? reachAt(outlineOf(kind, 2 * half[0], 2 * half[1]), "x", offset)
    : reachAt(outlineOf(kind, 2 * half[1], 2 * half[0]), "y", offset);
}

/**
 * Where on a block's side a connection starts or ends, as a share of the half side: in the order of where connections
 * lead to or come from, so that they do not cross at the block; one that keeps to the block's level runs straight.
 */
function port(
  connection: UnroutedConnection,
  connections: readonly UnroutedConnection[],
  placed: ReadonlyMap<number | string, Placed>,
  far: "from" | "to",
): number {
  const near = far === "to" ? "from" : "to";
  const own = placed.get(connection[near])!.obstacle.centre[1];
  const away = (other: UnroutedConnection): number => placed.get(other[far])!.obstacle.centre[1] - own;
  const beside = connections
    .filter((other) => other[near] === connection[near])
    .toSorted((a, b) => away(a) - away(b));
  if (beside.length === 1) return 0;
  const straight = beside.filter((other) => away(other) === 0);
  const index = beside.indexOf(connection);
  if (straight.length !== 1) return (index / (beside.length - 1) - 0.5) * 1.1;
  const middle = beside.indexOf(straight[0]!);
  const ranks = index < middle ? middle : beside.length - 1 - middle;
  return index === middle ? 0 : (0.62 * (index - middle)) / ranks;
}
