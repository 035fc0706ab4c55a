import type { Randomness } from "./randomness.js";

/** From 0 to 255 each. */
export type Color = readonly [red: number, green: number, blue: number];

export function mix(from: Color, to: Color, share: number): Color {
  const rest = 1 - share;
  return [from[0] * rest + to[0] * share, from[1] * rest + to[1] * share, from[2] * rest + to[2] * share];
}

/** Smoothstep: eases from 0 to 1, constant outside. */
export function smooth(value: number): number {
  const clipped = Math.min(Math.max(value, 0), 1);
  return clipped * clipped * (3 - 2 * clipped);
}

/** Smooth noise from 0 to 1: random values on a grid of this pitch in pixels, eased in between; the grid repeats. */
export function noise(
  random: Randomness,
  pitch: number,
  columns = 64,
  rows = 64,
): (x: number, y: number) => number {
  const values = Array.from({ length: columns * rows }, () => random.number(0, 1));
  const at = (column: number, row: number) => values[(row % rows) * columns + (column % columns)]!;
  return (x, y) => {
    const [column, row] = [Math.floor(x / pitch), Math.floor(y / pitch)];
    const [across, down] = [smooth(x / pitch - column), smooth(y / pitch - row)];
    const top = at(column, row) * (1 - across) + at(column + 1, row) * across;
    const bottom = at(column, row + 1) * (1 - across) + at(column + 1, row + 1) * across;
    return top * (1 - down) + bottom * down;
  };
}
