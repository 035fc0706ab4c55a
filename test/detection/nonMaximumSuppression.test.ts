import fc from "fast-check";
import { expect, test } from "vitest";
import { iouOf } from "../../src/detection/boxes.js";
import { nonMaximumSuppression } from "../../src/detection/nonMaximumSuppression.js";

const boxes = (...rows: number[][]) => Float32Array.from(rows.flat());

test("nonMaximumSuppression keeps a box at the threshold and drops one above it", () => {
  // IoU with the first: 100 / 200 = 0.5 exactly, 100 / 190 = 0.526.
  const rows = boxes([0, 0, 10, 10], [0, 0, 10, 20], [0, 0, 10, 19]);
  expect(nonMaximumSuppression(rows.slice(0, 8), [0.9, 0.8], 0.5)).toEqual([0, 1]);
  expect(nonMaximumSuppression(boxes([0, 0, 10, 10], [0, 0, 10, 19]), [0.9, 0.8], 0.5)).toEqual([0]);
});

test("nonMaximumSuppression goes by score, and by index where scores are equal", () => {
  const rows = boxes([0, 0, 10, 10], [0, 0, 10, 11], [50, 50, 60, 60]);
  expect(nonMaximumSuppression(rows, [0.5, 0.7, 0.9], 0.5)).toEqual([2, 1]);
  expect(nonMaximumSuppression(rows, [0.7, 0.7, 0.7], 0.5)).toEqual([0, 2]);
});

test("a dropped box drops no other", () => {
  // 0 and 1 share 10 of 14 (0.71), 1 and 2 share 10 of 14, 0 and 2 share 8 of 16 (0.5).
  const rows = boxes([0, 0, 1, 12], [0, 2, 1, 14], [0, 4, 1, 16]);
  expect(nonMaximumSuppression(rows, [0.9, 0.8, 0.7], 0.5)).toEqual([0, 2]);
});

test("nonMaximumSuppression stops at the maximum", () => {
  const rows = boxes([0, 0, 1, 1], [2, 2, 3, 3], [4, 4, 5, 5]);
  expect(nonMaximumSuppression(rows, [0.1, 0.3, 0.2], 0.5, 2)).toEqual([1, 2]);
});

const side = fc.integer({ min: 0, max: 20 });
const scored = fc.record({
  y: side,
  x: side,
  height: fc.integer({ min: 1, max: 20 }),
  width: fc.integer({ min: 1, max: 20 }),
  score: fc.integer({ min: 0, max: 5 }),
});

test("kept boxes overlap one another no more than allowed, and each dropped one overlaps a kept one", () => {
  fc.assert(
    fc.property(
      fc.array(scored, { maxLength: 30 }),
      fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      (list, threshold) => {
        const rows = boxes(...list.map(({ y, x, height, width }) => [y, x, y + height, x + width]));
        const kept = nonMaximumSuppression(
          rows,
          list.map(({ score }) => score),
          threshold,
        );
        list.forEach(({ score }, i) => {
          const rivals = kept.filter(
            (other) => other !== i && iouOf(rows, i * 4, rows, other * 4) > threshold,
          );
          if (kept.includes(i)) expect(rivals).toEqual([]);
          else expect(rivals.some((other) => list[other]!.score >= score)).toBe(true);
        });
      },
    ),
  );
});
