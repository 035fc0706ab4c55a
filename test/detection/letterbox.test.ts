import fc from "fast-check";
import { expect, test } from "vitest";
import {
  imageNetDeviation,
  imageNetMean,
  type Letterbox,
  letterbox,
  letterboxOf,
  toImageBox,
} from "../../src/detection/letterbox.js";

const grey = (width: number, height: number, values: number[]) => ({
  width,
  height,
  channels: 3 as const,
  data: Uint8Array.from(values.flatMap((value) => [value, value, value])),
});

/** Red values from 0 to 255 again, of the pixel at row y and column x. */
const redOf = (pixels: Float32Array, width: number, y: number, x: number) =>
  Math.round(Math.abs(pixels[(y * width + x) * 3]! * imageNetDeviation[0] + imageNetMean[0]) * 255);

test("letterboxOf fits the long side and rounds the short one", () => {
  // 640 / 500 = 1.28; 333 · 1.28 = 426.24.
  expect(letterboxOf(333, 500, [640, 640])).toEqual({
    imageHeight: 333,
    imageWidth: 500,
    resizedHeight: 426,
    resizedWidth: 640,
    scale: 1.28,
  });
  // min(100 / 50, 300 / 100) = 2
  expect(letterboxOf(50, 100, [100, 300])).toMatchObject({ resizedHeight: 100, resizedWidth: 200, scale: 2 });
});

test("letterbox interpolates between pixel centres", () => {
  const { pixels } = letterbox(grey(2, 1, [0, 200]), [4, 4]);
  // Four columns of two: positions (i + 1/2) / 2 − 1/2 = −0.25, 0.25, 0.75, 1.25, kept within 0 and 1.
  expect([0, 1, 2, 3].map((x) => redOf(pixels, 4, 0, x))).toEqual([0, 50, 150, 200]);
  expect([0, 1, 2, 3].map((x) => redOf(pixels, 4, 1, x))).toEqual([0, 50, 150, 200]);
});

test("letterbox shrinks without antialiasing", () => {
  const { pixels } = letterbox(grey(8, 1, [0, 100, 0, 0, 0, 0, 40, 80]), [2, 2]);
  // Positions (i + 1/2) · 4 − 1/2 = 1.5 and 5.5: (100 + 0) / 2 and (0 + 40) / 2.
  expect(redOf(pixels, 2, 0, 0)).toBe(50);
  expect(redOf(pixels, 2, 0, 1)).toBe(20);
});

test("letterbox normalises each channel, pads with zeros and reads no alpha", () => {
  const image = {
    width: 2,
    height: 1,
    channels: 4 as const,
    data: Uint8ClampedArray.of(255, 0, 51, 7, 255, 0, 51, 9),
  };
  const { pixels, resizedHeight, resizedWidth } = letterbox(image, [3, 2]);
  expect([resizedHeight, resizedWidth]).toEqual([1, 2]);
  // (1 − 0.485) / 0.229, (0 − 0.456) / 0.224, (0.2 − 0.406) / 0.225
  const expected = [2.248908, -2.035714, -0.915556];
  expect([...pixels].map((value) => Number(value.toFixed(6)))).toEqual([
    ...expected,
    ...expected,
    ...new Array(12).fill(0),
  ]);
});

test("toImageBox scales back and clips to the image", () => {
  const placed = letterboxOf(100, 200, [400, 400]);
  // Scale 2: the image covers 200 × 400.
  expect(toImageBox([20, 40, 100, 140], placed)).toEqual([20, 10, 50, 40]);
  expect(toImageBox([-10, 380, 300, 500], placed)).toEqual([190, 0, 10, 100]);
});

test("toImageBox undoes toInputBox", () => {
  const size = fc.integer({ min: 1, max: 1000 });
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(size, size, size, fc.tuple(part, part, part, part), (height, width, input, [a, b, c, d]) => {
      const box = [a * width, b * height, c * (1 - a) * width, d * (1 - b) * height] as const;
      const placed = letterboxOf(height, width, [input, input]);
      expect(Math.max(placed.resizedHeight, placed.resizedWidth)).toBe(input);
      toImageBox(toInputBox(box, placed), placed).forEach((value, i) => {
        expect(Math.abs(value - box[i]!)).toBeLessThan(1e-9 * 1000);
      });
    }),
  );
});

/** The inverse of `toImageBox` for a box within the image. */
function toInputBox(
  [x, y, width, height]: readonly [number, number, number, number],
  { imageHeight, imageWidth, resizedHeight, resizedWidth }: Letterbox,
): [ymin: number, xmin: number, ymax: number, xmax: number] {
  const along = resizedWidth / imageWidth;
  const down = resizedHeight / imageHeight;
  return [y * down, x * along, (y + height) * down, (x + width) * along];
}
