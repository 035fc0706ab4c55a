import type { Description } from "../costs/description.js";
import { featureSize, type Level } from "../model/level.js";
import { drawnConnections, type Placed, routed } from "./connectionCurves.js";
import type { Box, Diagram, DiagramOptions, Point } from "./diagram.js";
import { dimensionsOf, levelsOf } from "./dimensions.js";
import { rounded } from "./rounded.js";
import { type Obstacle, type Place, pointOn } from "./routing.js";

/**
 * Where everything of a network's block diagram goes: blocks by order and level, curves around blocks.
 *
 * The numbers are rounded to a hundredth of a pixel, the same on every machine.
 */
export function diagramOf(description: Description, options: DiagramOptions): Diagram {
  const levels = levelsOf(description, options.steady);
  const dimensions = dimensionsOf(options, description, levels.length);
  const across = (level: Level): number => {
    const strip = options.orientation === "across" ? levels.at(-1)! - level : level - levels[0]!;
    return dimensions.margin + (strip + 0.5) * dimensions.strip;
  };
  const turnedBack = (point: Point | undefined): Place | undefined =>
    point && (options.orientation === "across" ? [point.x, point.y] : [point.y, point.x]);
  const placed = new Map<number | string, Placed>();
  const put = (key: "stem" | `P${Level}`, slot: "stem" | "pyramid", level: Level): void => {
    placed.set(key, {
      level,
      obstacle: {
        centre: [dimensions.along(slot), across(level)],
        half: slot === "stem" ? dimensions.stemHalf : dimensions.pyramidHalf,
      },
    });
  };
  put("stem", "stem", description.blocks[0]!.level);
  for (const { id, level, kind } of description.blocks) {
    placed.set(id, {
      level,
      kind,
      obstacle: {
        centre: turnedBack(options.centres?.get(id)) ?? [dimensions.along(id), across(level)],
        half: dimensions.blockHalf,
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
  const whole = turned(dimensions.extent);
  return {
    width: whole.x,
    height: whole.y,
    orientation: options.orientation,
    levels: levels.map((level) => ({
      level,
      cells: [featureSize(height, level), featureSize(width, level)],
      strip: boxed({
        centre: [dimensions.extent[0] / 2, across(level)],
        half: [dimensions.extent[0] / 2, dimensions.strip / 2],
      }),
    })),
    blocks: description.blocks.map((block) => ({ ...boxOf(block.id), block })),
    parts: [...placed].flatMap(([key, { level }]) =>
      typeof key === "string" ? [{ name: key, level, ...boxOf(key) }] : [],
    ),
    connections: routed(drawnConnections(description), placed, dimensions, options).map(
      ({ connection, curve }) => ({
        ...connection,
        curve: [turned(curve[0]), turned(curve[1]), turned(curve[2]), turned(curve[3])] as const,
        labelAt: turned(pointOn(curve, 0.5)),
      }),
    ),
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
