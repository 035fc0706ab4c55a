import type { ConnectionKind } from "./connections.js";
import type { BlockDescription, Description } from "./describe.js";
import { featureSize } from "./geometry.js";
import type { BlockKind, Level } from "./model.js";
import { outlineOf, reachAt } from "./outline.js";
import { type Curve, findRoutes, type Obstacle, type Place, pointOn, type Route } from "./routes.js";

/** "across" draws the order of computation to the right and levels as rows; "down" turns that by a quarter. */
export type Orientation = "across" | "down";

export interface DiagramOptions {
  /** Of the whole drawing, in pixels. */
  readonly width: number;
  readonly orientation: Orientation;
  /** Leaves out feature map sizes and block numbers, for a small picture. */
  readonly compact: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface DiagramBlock extends Box {
  readonly block: BlockDescription;
}

/** A box that is no block: the stem, or a map that the head reads. */
export interface DiagramPart extends Box {
  readonly name: string;
  readonly level: Level;
}

export interface DiagramEdge {
  readonly kind: ConnectionKind | "part";
  /** Block ids, or names of parts. */
  readonly from: number | string;
  readonly to: number | string;
  /** Level of what it comes from. */
  readonly level: Level;
  readonly curve: readonly [Point, Point, Point, Point];
  /** "÷4" (each side four times shorter), "×2", "=", "+" (added as it is), or nothing. */
  readonly label: string;
  readonly labelAt: Point;
}

/** The strip of one level. */
export interface DiagramLevel {
  readonly level: Level;
  /** Cells of its feature maps. */
  readonly cells: readonly [height: number, width: number];
  readonly strip: Box;
}

export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  readonly levels: readonly DiagramLevel[];
  readonly blocks: readonly DiagramBlock[];
  readonly parts: readonly DiagramPart[];
  readonly edges: readonly DiagramEdge[];
}

interface Frame {
  /** Centres of the stem, of each block and of the pyramid, along the order of computation. */
  readonly along: (slot: "stem" | number | "pyramid") => number;
  /** Before the first strip, across. */
  readonly margin: number;
  readonly strip: number;
  /** Half of a box's extent along and across. */
  readonly blockHalf: Place;
  readonly stemHalf: Place;
  readonly pyramidHalf: Place;
  readonly extent: Place;
}

/** A box before its place is turned to x and y. */
interface Placed {
  readonly level: Level;
  readonly obstacle: Obstacle;
  /** Absent for parts, which are drawn as boxes. */
  readonly kind?: BlockKind;
}

/**
 * Where everything of a network's block diagram goes: blocks by order and level, curves around blocks.
 *
 * The numbers are rounded to a hundredth of a pixel, the same on every machine.
 */
export function diagramOf(description: Description, options: DiagramOptions): Diagram {
  const levels = levelsOf(description);
  const frame = frameOf(options, description, levels.length);
  const across = (level: Level): number => {
    const strip = options.orientation === "across" ? levels.at(-1)! - level : level - levels[0]!;
    return frame.margin + (strip + 0.5) * frame.strip;
  };
  const placed = new Map<number | string, Placed>();
  const put = (key: "stem" | `P${Level}`, slot: "stem" | "pyramid", level: Level): void => {
    placed.set(key, {
      level,
      obstacle: {
        centre: [frame.along(slot), across(level)],
        half: slot === "stem" ? frame.stemHalf : frame.pyramidHalf,
      },
    });
  };
  put("stem", "stem", description.blocks[0]!.level);
  for (const { id, level, kind } of description.blocks) {
    placed.set(id, {
      level,
      kind,
      obstacle: { centre: [frame.along(id), across(level)], half: frame.blockHalf },
    });
  }
  for (const { level } of description.pyramid) put(`P${level}`, "pyramid", level);
  const turned = ([along, across]: Place): Point =>
    options.orientation === "across"
      ? { x: rounded(along), y: rounded(across) }
      : { x: rounded(across), y: rounded(along) };
  const boxed = ({ centre, half }: Obstacle): Box => {
    const extent = turned([2 * half[0], 2 * half[1]]);
    return { ...turned(centre), width: extent.x, height: extent.y };
  };
  const boxOf = (key: number | string): Box => boxed(placed.get(key)!.obstacle);
  const [height, width] = description.size;
  const whole = turned(frame.extent);
  return {
    width: whole.x,
    height: whole.y,
    orientation: options.orientation,
    levels: levels.map((level) => ({
      level,
      cells: [featureSize(height, level), featureSize(width, level)],
      strip: boxed({
        centre: [frame.extent[0] / 2, across(level)],
        half: [frame.extent[0] / 2, frame.strip / 2],
      }),
    })),
    blocks: description.blocks.map((block) => ({ ...boxOf(block.id), block })),
    parts: [...placed].flatMap(([key, { level }]) =>
      typeof key === "string" ? [{ name: key, level, ...boxOf(key) }] : [],
    ),
    edges: routed(edgesOf(description), placed, frame, options.orientation).map(({ edge, curve }) => ({
      ...edge,
      curve: [turned(curve[0]), turned(curve[1]), turned(curve[2]), turned(curve[3])] as const,
      labelAt: turned(pointOn(curve, 0.5)),
    })),
  };
}

function frameOf(
  { width, orientation, compact }: DiagramOptions,
  { blocks, pyramid }: Description,
  levels: number,
): Frame {
  const across = orientation === "across";
  const before = across ? (compact ? 28 : 56) : 40;
  const parts = across ? (compact ? [18, 36] : [44, 46]) : [34, 40];
  const [stem = 0, last = 0] = pyramid.length > 0 ? parts : [parts[0], 8];
  const slot = across
    ? (width - before - stem - last) / blocks.length
    : Math.min(44, Math.max(20, 800 / blocks.length));
  const strip = across ? (compact ? 34 : 60) : (width - 2) / levels;
  const end = before + stem + blocks.length * slot + last;
  const blockHalf: Place = across
    ? [Math.min(17, slot * 0.34), compact ? 10 : 15]
    : [Math.min(13, slot * 0.36), Math.min(17, strip * 0.3)];
  const half: Place = across ? (compact ? [12, 9] : [16, 11]) : [10, Math.min(17, strip * 0.32)];
  return {
    along: (at) =>
      at === "stem"
        ? before + stem / 2
        : at === "pyramid"
          ? end - half[0] - (across ? 8 : 6)
          : before + stem + (at + 0.5) * slot,
    margin: 1,
    strip,
    blockHalf,
    stemHalf: compact && across ? [5, half[1]] : half,
    pyramidHalf: half,
    extent: [end, 2 + levels * strip],
  };
}

function levelsOf({ blocks, pyramid }: Description): Level[] {
  const used = [...blocks, ...pyramid].map(({ level }) => level);
  const [low, high] = [Math.min(...used), Math.max(...used)];
  return ([1, 2, 3, 4, 5, 6, 7] as const).filter((level) => level >= low && level <= high);
}

type PlainEdge = Omit<DiagramEdge, "curve" | "labelAt">;

function edgesOf({ blocks, connections, pyramid }: Description): PlainEdge[] {
  const levelOf = (id: number): Level => blocks[id]!.level;
  return [
    { kind: "part", from: "stem", to: 0, level: levelOf(0), label: "" },
    ...connections.map(({ from, to, kind, ratio }): PlainEdge => {
      return { kind, from, to, level: levelOf(from), label: labelOf(kind, ratio) };
    }),
    ...pyramid.flatMap(({ level, block, from }): PlainEdge[] => {
      const to = `P${level}`;
      const lateral: PlainEdge[] =
        block === undefined ? [] : [{ kind: "part", from: block, to, level: levelOf(block), label: "" }];
      const within: PlainEdge[] =
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

function routed(
  edges: readonly PlainEdge[],
  placed: ReadonlyMap<number | string, Placed>,
  { strip, extent }: Frame,
  orientation: Orientation,
): { edge: PlainEdge; curve: Curve }[] {
  const routes = edges.map((edge): Route => {
    const from = placed.get(edge.from)!;
    const to = placed.get(edge.to)!;
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
    const leaving = port(edge, edges, placed, "to") * from.obstacle.half[1];
    const arriving = port(edge, edges, placed, "from") * to.obstacle.half[1];
    return {
      start: [start[0] + reachOf(from, orientation, leaving), start[1] + leaving],
      end: [end[0] - reachOf(to, orientation, arriving), end[1] + arriving],
      touches,
    };
  });
  const obstacles = [...placed.values()].map(({ obstacle }) => obstacle);
  const curves = findRoutes(routes, { obstacles, extent: extent[1], pitch: strip });
  return edges.map((edge, index) => ({ edge, curve: curves[index]! }));
}

/** From a box's centre to its outline along the order of computation, at an offset across. */
function reachOf({ kind, obstacle: { half } }: Placed, orientation: Orientation, offset: number): number {
  if (!kind) return half[0];
  return orientation === "across"
    ? reachAt(outlineOf(kind, 2 * half[0], 2 * half[1]), "x", offset)
    : reachAt(outlineOf(kind, 2 * half[1], 2 * half[0]), "y", offset);
}

/**
 * Where on a block's side an edge starts or ends, as a share of the half side: in the order of where edges lead to or
 * come from, so that they do not cross at the block; one that keeps to the block's level runs straight.
 */
function port(
  edge: PlainEdge,
  edges: readonly PlainEdge[],
  placed: ReadonlyMap<number | string, Placed>,
  far: "from" | "to",
): number {
  const near = far === "to" ? "from" : "to";
  const own = placed.get(edge[near])!.obstacle.centre[1];
  const away = (other: PlainEdge): number => placed.get(other[far])!.obstacle.centre[1] - own;
  const beside = edges.filter((other) => other[near] === edge[near]).toSorted((a, b) => away(a) - away(b));
  if (beside.length === 1) return 0;
  const straight = beside.filter((other) => away(other) === 0);
  const index = beside.indexOf(edge);
  if (straight.length !== 1) return (index / (beside.length - 1) - 0.5) * 1.1;
  const middle = beside.indexOf(straight[0]!);
  const ranks = index < middle ? middle : beside.length - 1 - middle;
  return index === middle ? 0 : (0.62 * (index - middle)) / ranks;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
