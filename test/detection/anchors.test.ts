import { expect, test } from "vitest";
import { anchorsOf, anchorsPerCell } from "../../src/detection/anchors.js";
import { retinaNetAnchors } from "./retinaNetAnchors.js";

const rounded = (values: Float32Array) => Array.from(values, (value) => Math.round(value * 1000) / 1000 + 0);

test("anchorsOf lists cells row by row and, in a cell, scales before ratios", () => {
  const settings = { levels: [3], size: 2, scalesPerOctave: 2, aspectRatios: [1, 4] };
  const anchors = anchorsOf(settings, 8, 16);
  // One row of two cells of stride 8, centres (4, 4) and (4, 12). Sides 2 · 8 = 16 and 16 · √2 = 22.627.
  // Ratio 1: half sides 8 and 11.314. Ratio 4: half height 8 / 2 = 4 and 5.657, half width 8 · 2 = 16 and 22.627.
  expect(rounded(anchors)).toEqual([
    ...[-4, -4, 12, 12],
    ...[0, -12, 8, 20],
    ...[-7.314, -7.314, 15.314, 15.314],
    ...[-1.657, -18.627, 9.657, 26.627],
    ...[-4, 4, 12, 20],
    ...[0, -4, 8, 28],
    ...[-7.314, 0.686, 15.314, 23.314],
    ...[-1.657, -10.627, 9.657, 34.627],
  ]);
});

test("anchorsOf puts a level's anchors before the next level's", () => {
  const anchors = anchorsOf({ levels: [3, 4], size: 1, scalesPerOctave: 1, aspectRatios: [1] }, 16, 16);
  // Level 3: 2 × 2 cells with sides of 8; level 4: one cell with a side of 16.
  expect([...anchors]).toEqual([
    ...[0, 0, 8, 8],
    ...[0, 8, 8, 16],
    ...[8, 0, 16, 8],
    ...[8, 8, 16, 16],
    ...[0, 0, 16, 16],
  ]);
});

test("RetinaNet at 640 pixels has 76,725 anchors, nine a cell", () => {
  expect(anchorsPerCell(retinaNetAnchors)).toBe(9);
  // (80² + 40² + 20² + 10² + 5²) · 9 = (6400 + 1600 + 400 + 100 + 25) · 9
  expect(anchorsOf(retinaNetAnchors, 640, 640).length / 4).toBe(76_725);
});

test("a side that no stride divides gets a last cell of its own", () => {
  // 65 / 128 rounds up to 1 cell, 130 / 128 to 2.
  const settings = { levels: [7], size: 3, scalesPerOctave: 1, aspectRatios: [1] };
  expect(anchorsOf(settings, 65, 130).length / 4).toBe(2);
});
