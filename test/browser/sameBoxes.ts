import { expect } from "vitest";

export interface Box {
  readonly name: string;
  readonly score: number;
  readonly bbox: readonly number[];
}

/** The same boxes: each has a partner with its class, within 0.001 of its score and half a pixel of its sides. */
export function expectSameBoxes(boxes: readonly Box[], right: readonly Box[]): void {
  expect(right.length).toBeGreaterThan(3);
  const strangers = right.filter(
    ({ name, score, bbox }) =>
      !boxes.some(
        (box) =>
          box.name === name &&
          Math.abs(box.score - score) < 1e-3 &&
          box.bbox.every((value, i) => Math.abs(value - bbox[i]!) < 0.5),
      ),
  );
  expect(strangers).toEqual([]);
  expect(boxes).toHaveLength(right.length);
}
