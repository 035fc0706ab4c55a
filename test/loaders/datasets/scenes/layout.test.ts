import fc from "fast-check";
import { expect, test } from "vitest";
import { layoutOf } from "../../../../loaders/datasets/scenes/layout.js";
import { randomnessOf } from "../../../../loaders/datasets/scenes/randomness.js";
import { spriteOf } from "../../../../loaders/datasets/scenes/sprite.js";

/** A full square of 20 × 20 pixels within a transparent border. */
const square = (() => {
  const rgba = new Uint8Array(30 * 30 * 4);
  for (let y = 5; y < 25; y++)
    for (let x = 5; x < 25; x++) rgba.fill(255, (y * 30 + x) * 4, (y * 30 + x + 1) * 4);
  return spriteOf(rgba, 30, 30);
})();

test("a sprite's transparent border is cut off", () => {
  expect([square.width, square.height]).toEqual([20, 20]);
  // 20, 10, 5, then rounded up: 3.
  expect(square.levels.map(({ width }) => width)).toEqual([20, 10, 5, 3]);
});

test("no object is hidden by more than three fifths", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat({ max: 1000 }), (seed, index) => {
      const objects = layoutOf(randomnessOf(seed, index), [square], {
        size: 64,
        classes: [0],
        maxObjects: 12,
      });
      for (const { area, box, placement } of objects) {
        // A turned square keeps its area; pixels along its border count whole or not at all.
        const side = 20 * placement.magnification;
        expect(area).toBeGreaterThan(0.4 * side * side - 2 * side - 4);
        expect(area).toBeLessThanOrEqual(box[2] * box[3]);
      }
    }),
    { numRuns: 60 },
  );
});

test("randomness of neighbouring images and seeds has nothing in common", () => {
  const draws = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
    [2 ** 31, 0],
  ].map(([seed, index]) => randomnessOf(seed!, index!).number(0, 1));
  expect(new Set(draws.map((draw) => draw.toFixed(3))).size).toBe(5);
});
