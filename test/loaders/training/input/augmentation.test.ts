import * as fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { RgbImage } from "../../../../loaders/datasets/image.js";
import {
  type Augmentation,
  augmentationSchema,
  augmentBox,
  augmentImage,
  drawAugmentation,
} from "../../../../loaders/training/input/augmentation.js";
import { imageNetDeviation, imageNetMean, letterbox } from "../../../../src/detection/letterbox.js";
import { randomStream } from "../../../../src/network/random.js";

const settingsOf = (value: object) => v.parse(augmentationSchema, value);
const asItIs: Augmentation = {
  flip: false,
  scale: 1,
  offsetX: 0,
  offsetY: 0,
  brightness: 1,
  contrast: 1,
  saturation: 1,
};

function noiseImage(width: number, height: number): RgbImage {
  const random = randomStream(1, "image");
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, () => 256 * random()) };
}

/** Black, with a rectangle in white. */
function rectangleImage(
  width: number,
  height: number,
  [x, y, w, h]: readonly [number, number, number, number],
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let row = y; row < y + h; row++) data.fill(255, (row * width + x) * 3, (row * width + x + w) * 3);
  return { width, height, data };
}

/** From 0 to 255 again, of the red channel. */
function redAt(pixels: Float32Array, width: number, x: number, y: number): number {
  return (pixels[(y * width + x) * 3]! * imageNetDeviation[0] + imageNetMean[0]) * 255;
}

describe("augmentation", () => {
  it.each([
    [200, 150, 100],
    [48, 96, 128],
    [64, 64, 128],
    [160, 40, 80],
  ])("without any change lays an image of %i by %i as inference does", (width, height, side) => {
    const image = noiseImage(width, height);
    const placement = drawAugmentation(settingsOf({ flip: false }), image, [side, side], randomStream(1));
    expect({ ...placement }).toEqual({ ...asItIs, scale: side / Math.max(width, height) });
    const ours = augmentImage(image, placement, [side, side]);
    const theirs = letterbox({ ...image, channels: 3 }, [side, side]);
    // Here no side needs rounding, which would stretch inference's image by up to half a pixel.
    const off = ours.findIndex((value, index) => Math.abs(value - theirs.pixels[index]!) > 1e-5);
    expect(off).toBe(-1);
  });

  it("mirrors pixels and boxes alike", () => {
    const image = noiseImage(16, 8);
    const plain = augmentImage(image, asItIs, [8, 16]);
    const mirrored = augmentImage(image, { ...asItIs, flip: true }, [8, 16]);
    for (let y = 0; y < 8; y++) {
      const row = (pixels: Float32Array) => Array.from({ length: 16 }, (_, x) => redAt(pixels, 16, x, y));
      expect(row(mirrored)).toEqual(row(plain).reverse());
    }
    // From 3 to 3 + 4 of 16 pixels, mirrored from 16 − 7 = 9 to 13.
    expect(augmentBox([3, 2, 4, 5], 16, { ...asItIs, flip: true })).toEqual([2, 9, 7, 13]);
    expect(augmentBox([3, 2, 4, 5], 16, asItIs)).toEqual([2, 3, 7, 7]);
  });

  it("leaves an object under its box, wherever it puts the image", () => {
    const scenes = fc.record({
      width: fc.integer({ min: 40, max: 90 }),
      height: fc.integer({ min: 40, max: 90 }),
      left: fc.double({ min: 0, max: 1, noNaN: true }),
      top: fc.double({ min: 0, max: 1, noNaN: true }),
      seed: fc.integer(),
      placement: fc.constantFrom("corner" as const, "anywhere" as const),
    });
    fc.assert(
      fc.property(scenes, ({ width, height, left, top, seed, placement: where }) => {
        const box = [Math.floor(left * (width - 20)), Math.floor(top * (height - 16)), 20, 16] as const;
        const settings = settingsOf({ flip: true, scaleJitter: [0.6, 1.8], placement: where });
        const size = [64, 96] as const;
        const placement = drawAugmentation(settings, { width, height }, size, randomStream(seed));
        const pixels = augmentImage(rectangleImage(width, height, box), placement, size);
        const [ymin, xmin, ymax, xmax] = augmentBox(box, width, placement);
        // Within a source pixel of the border, and where the image's edge was rounded, a pixel may be either.
        const border = placement.scale + 1;
        for (let y = 0; y < size[0]; y++) {
          for (let x = 0; x < size[1]; x++) {
            const [downIn, acrossIn] = [
              Math.min(y + 0.5 - ymin, ymax - y - 0.5),
              Math.min(x + 0.5 - xmin, xmax - x - 0.5),
            ];
            const inside = Math.min(downIn, acrossIn);
            if (Math.abs(inside) < border) continue;
            const red = redAt(pixels, size[1], x, y);
            // Outside lies the image's black, or the padding, which is zero after normalisation.
            const right = inside > 0 ? red > 254 : red < 1 || Math.abs(red - imageNetMean[0] * 255) < 1e-3;
            if (!right) expect.fail(`red ${red} at ${x}, ${y}, ${inside} within the box`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("takes as many random numbers whatever comes out", () => {
    const counted = (settings: object, width: number): number => {
      let draws = 0;
      const random = randomStream(3);
      drawAugmentation(settingsOf(settings), { width, height: 50 }, [64, 64], () => {
        draws++;
        return random();
      });
      return draws;
    };
    const all = [
      {},
      { flip: false },
      { scaleJitter: [2, 2] },
      { placement: "anywhere", colour: 0.4 },
    ].flatMap((settings) => [counted(settings, 30), counted(settings, 300)]);
    expect(new Set(all)).toEqual(new Set([7]));
  });

  it("mirrors half of the images, and none where told not to", () => {
    const flips = (flip: boolean) =>
      Array.from({ length: 1000 }, (_, position) =>
        drawAugmentation(settingsOf({ flip }), { width: 9, height: 9 }, [9, 9], randomStream(1, position)),
      ).filter((placement) => placement.flip).length;
    // Deviation √(1000 / 4) = 16.
    expect(Math.abs(flips(true) - 500)).toBeLessThan(70);
    expect(flips(false)).toBe(0);
  });

  it("changes brightness, contrast around the mean, and saturation around grey", () => {
    const image: RgbImage = { width: 1, height: 1, data: Uint8Array.of(200, 100, 50) };
    const drawn = (change: Partial<Augmentation>): number[] =>
      [...augmentImage(image, { ...asItIs, ...change }, [1, 1])].map(
        (value, channel) => (value * imageNetDeviation[channel]! + imageNetMean[channel]!) * 255,
      );
    const expectColour = (found: number[], ...expected: number[]) => {
      found.forEach((value, channel) => {
        expect(value).toBeCloseTo(expected[channel]!, 3);
      });
    };
    expectColour(drawn({}), 200, 100, 50);
    // Times 1.2, 200 to at most 255.
    expectColour(drawn({ brightness: 1.2 }), 240, 120, 60);
    expectColour(drawn({ brightness: 1.5 }), 255, 150, 75);
    // Luminance 0.299 · 200 + 0.587 · 100 + 0.114 · 50 = 124.2, which is the mean of this one pixel too.
    expectColour(drawn({ saturation: 0 }), 124.2, 124.2, 124.2);
    expectColour(drawn({ contrast: 0.5 }), 162.1, 112.1, 87.1);
  });

  it.each([
    [{ scaleJitter: [1.2, 0.8] }, "the first number must not exceed the second"],
    [{ scaleJitter: [0, 1] }, "Expected >0"],
    [{ colour: 1 }, "Expected <1"],
    [{ mirror: true }, "mirror"],
  ])("refuses the settings %j", (value, message) => {
    expect(() => settingsOf(value)).toThrow(message);
  });
});
