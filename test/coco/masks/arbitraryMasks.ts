import fc from "fast-check";
import type { Mask, MaskSize } from "../../../src/coco/masks/rle.js";
import { maskOf } from "../../../src/coco/masks/segmentation.js";

/** A mask, and the same one pixel by pixel, made without the code under test. */
interface DrawnMask {
  readonly mask: Mask;
  /** `[height, width]`, row-major, 0 or 1. */
  readonly pixels: Uint8Array;
}

interface DrawnMasks {
  readonly size: MaskSize;
  readonly drawn: readonly DrawnMask[];
}

/** As many masks of one size, of up to 9 × 9 pixels: empty, full, and of a few runs of 1 to 20 pixels. */
export function arbitraryMasks(count: number): fc.Arbitrary<DrawnMasks> {
  const side = fc.integer({ min: 1, max: 9 });
  const runs = fc.tuple(fc.boolean(), fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 12 }));
  return fc
    .tuple(side, side, fc.array(runs, { minLength: count, maxLength: count }))
    .map(([height, width, all]) => ({
      size: { height, width },
      drawn: all.map(([startsCovered, lengths]) =>
        draw(startsCovered ? [0, ...lengths] : lengths, { height, width }),
      ),
    }));
}

/** Runs past the last pixel are cut off; where they end before it, one more run goes on to it. */
function draw(lengths: readonly number[], size: MaskSize): DrawnMask {
  const { height, width } = size;
  const pixels = new Uint8Array(height * width);
  const counts: number[] = [];
  let at = 0;
  for (const length of [...lengths, height * width]) {
    const count = Math.min(length, height * width - at);
    for (const end = at + count; at < end; at++) {
      pixels[(at % height) * width + Math.floor(at / height)] = counts.length % 2;
    }
    counts.push(count);
  }
  return { mask: maskOf({ size: [height, width], counts }, size), pixels };
}

/** How many pixels a rule holds for. */
export function countPixels(size: MaskSize, covers: (pixel: number) => boolean): number {
  let count = 0;
  for (let pixel = 0; pixel < size.height * size.width; pixel++) {
    if (covers(pixel)) count++;
  }
  return count;
}
