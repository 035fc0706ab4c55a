import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeBoxes } from "../../src/detection/boxCoder.js";
import { decodeBoxes } from "./decodeBoxes.js";

test("encodeBoxes gives the shift in anchor sides and the logarithm of the ratio of the sides", () => {
  // Anchor: height 10, width 20, centre (5, 10). Box: height 20, width 10, centre (12, 9).
  // ty = (12 − 5) / 10, tx = (9 − 10) / 20, th = ln(20 / 10), tw = ln(10 / 20).
  const codes = encodeBoxes(Float32Array.of(2, 4, 22, 14), Float32Array.of(0, 0, 10, 20));
  expect([...codes]).toEqual([0.7, -0.05, Math.LN2, -Math.LN2].map(Math.fround));
});

test("decodeBoxes keeps sides to 62.5 times the anchor's", () => {
  // The centre stays at (4, 4); a side of 8 · 1000 / 16 = 500 reaches from 4 − 250 to 4 + 250.
  const boxes = decodeBoxes(Float32Array.of(0, 0, 9, 5), Float32Array.of(0, 0, 8, 8));
  expect([...boxes].map((side) => Math.round(side * 1000) / 1000)).toEqual([-246, -246, 254, 254]);
});

test("decodeBoxes can count pixels as TF1 does, from the first to the last", () => {
  // From 0 to 7 are 8 pixels, with their centre at 0 + 8 / 2 = 4. A shift of 1/4 is 2 pixels: centre 6.
  // Half the side of 8 before it: 2; eight pixels end at 2 + 8 − 1 = 9.
  const boxes = decodeBoxes(Float32Array.of(0.25, 0, 0, 0), Float32Array.of(0, 0, 7, 7), { plusOne: true });
  expect([...boxes]).toEqual([2, 0, 9, 7]);
});

const box = fc
  .tuple(
    fc.double({ min: -100, max: 700, noNaN: true }),
    fc.double({ min: -100, max: 700, noNaN: true }),
    fc.double({ min: 10, max: 500, noNaN: true }),
    fc.double({ min: 10, max: 500, noNaN: true }),
  )
  .map(([y, x, height, width]) => [y, x, y + height, x + width]);

test("decodeBoxes undoes encodeBoxes", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(box, box), { minLength: 1, maxLength: 5 }), (pairs) => {
      const boxes = Float32Array.from(pairs.flatMap(([one]) => one));
      const anchors = Float32Array.from(pairs.flatMap(([, other]) => other));
      const back = decodeBoxes(encodeBoxes(boxes, anchors), anchors);
      back.forEach((side, i) => {
        expect(Math.abs(side - boxes[i]!)).toBeLessThan(2e-3);
      });
    }),
  );
});
