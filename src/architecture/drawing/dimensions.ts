import type { Description } from "../costs/description.js";
import type { Level } from "../model/level.js";
import type { DiagramOptions } from "./diagram.js";
import type { Place } from "./routing.js";

/** What a drawing of this width and orientation leaves for blocks, levels and parts, in pixels. */
export interface Dimensions {
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

/** Of a steady drawing across: six strips of the usual height, or seven that share it. */
const steadyStrips = 360;
/** Of a steady drawing downward: seventeen blocks at the usual distance. */
const steadyLength = 748;

export function dimensionsOf(
  { width, orientation, compact, strip: small = 34, steady = false }: DiagramOptions,
  { blocks, pyramid }: Description,
  levels: number,
): Dimensions {
  const across = orientation === "across";
  const before = across ? (compact ? 28 : 56) : 40;
  const parts = across ? (compact ? [18, 36] : [44, 46]) : [34, 40];
  const [stem = 0, last = 0] = steady || pyramid.length > 0 ? parts : [parts[0], 8];
  const slot = across
    ? (width - before - stem - last) / blocks.length
    : steady
      ? Math.max(20, steadyLength / blocks.length)
      : Math.min(44, Math.max(20, 800 / blocks.length));
  const strip = !across ? (width - 2) / levels : steady ? steadyStrips / levels : compact ? small : 60;
  const end = before + stem + blocks.length * slot + last;
  const blockHalf: Place = across
    ? [Math.min(17, slot * 0.34), compact ? Math.round(small * 0.3) : 15]
    : [Math.min(13, slot * 0.36), Math.min(17, strip * 0.3)];
  const half: Place = across
    ? compact
      ? [12, Math.round(small * 0.27)]
      : [16, 11]
    : [10, Math.min(17, strip * 0.32)];
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

/** The levels that a drawing has strips for, finest first. */
export function levelsOf({ blocks, pyramid, family }: Description, steady = false): Level[] {
  const used = [...blocks, ...pyramid].map(({ level }) => level);
  const [low, high] = [Math.min(...used), Math.max(...used)];
  if (steady) return family === "mobile" ? [1, 2, 3, 4, 5, 6, 7] : [2, 3, 4, 5, 6, 7];
  return ([1, 2, 3, 4, 5, 6, 7] as const).filter((level) => level >= low && level <= high);
}
