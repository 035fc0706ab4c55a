import type { ConnectionKind } from "./connections.js";
import type { BlockDescription, Description } from "./describe.js";
import { edgesOf, type Placed, routed } from "./diagramEdges.js";
import { frameOf, levelsOf } from "./diagramFrame.js";
import { featureSize } from "./geometry.js";
import type { Level } from "./model.js";
import { type Obstacle, type Place, pointOn } from "./routes.js";

/** "across" draws the order of computation to the right and levels as rows; "down" turns that by a quarter. */
export type Orientation = "across" | "down";

export interface DiagramOptions {
  /** Of the whole drawing, in pixels. */
  readonly width: number;
  readonly orientation: Orientation;
  /** Leaves out feature map sizes and block numbers, for a small picture. */
  readonly compact: boolean;
  /** Keeps strips and extent, so that nothing around the drawing moves when another network is drawn. */
  readonly steady?: boolean;
  /** "around" leads curves around boxes; "plain" takes the simplest ones, within a frame's time. */
  readonly routes?: "around" | "plain";
  /** Centres of blocks that are not at their own place, by block id: of one that is dragged, say. */
  readonly centres?: ReadonlyMap<number, Point>;
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

/**
 * Where everything of a network's block diagram goes: blocks by order and level, curves around blocks.
 *
 * The numbers are rounded to a hundredth of a pixel, the same on every machine.
 */
export function diagramOf(description: Description, options: DiagramOptions): Diagram {
  const levels = levelsOf(description, options.steady);
  const frame = frameOf(options, description, levels.length);
  const across = (level: Level): number => {
    const strip = options.orientation === "across" ? levels.at(-1)! - level : level - levels[0]!;
    return frame.margin + (strip + 0.5) * frame.strip;
  };
  const turnedBack = (point: Point | undefined): Place | undefined =>
    point && (options.orientation === "across" ? [point.x, point.y] : [point.y, point.x]);
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
      obstacle: {
        centre: turnedBack(options.centres?.get(id)) ?? [frame.along(id), across(level)],
        half: frame.blockHalf,
      },
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
    edges: routed(edgesOf(description), placed, frame, options).map(({ edge, curve }) => ({
      ...edge,
      curve: [turned(curve[0]), turned(curve[1]), turned(curve[2]), turned(curve[3])] as const,
      labelAt: turned(pointOn(curve, 0.5)),
    })),
  };
}

/** The place in order and level that a point of a drawing belongs to: the nearest block's, and the strip's. */
export function placeAt(
  { blocks, levels, orientation }: Diagram,
  { x, y }: Point,
): { index: number; level: Level } {
  const [along, across] = orientation === "across" ? (["x", "y"] as const) : (["y", "x"] as const);
  const point = { x, y };
  const nearest = <Item extends Point>(items: readonly Item[], axis: "x" | "y"): Item =>
    items.reduce((best, item) =>
      Math.abs(item[axis] - point[axis]) < Math.abs(best[axis] - point[axis]) ? item : best,
    );
  const strips = levels.map(({ level, strip }) => ({ level, x: strip.x, y: strip.y }));
  return { index: nearest(blocks, along).block.id, level: nearest(strips, across).level };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
