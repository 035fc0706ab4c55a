import type { Mask, MaskSize } from "../../../src/coco/masks/rle.js";

/**
 * The runs of a mask given pixel by pixel.
 *
 * @param pixels `[height, width]`, row-major, as images are; whatever is not 0 is covered
 * @throws Error when there are more or fewer pixels than the size says
 */
export function encodeMask(pixels: Uint8Array, { height, width }: MaskSize): Mask {
  const total = height * width;
  if (pixels.length !== total) {
    throw new Error(`The mask has ${pixels.length} pixels, expected ${width} × ${height} = ${total}.`);
  }
  const counts: number[] = [];
  let start = 0;
  let covered = false;
  for (let x = 0; x < width; x++) {
    for (let y = 0, pixel = x; y < height; y++, pixel += width) {
      if ((pixels[pixel] !== 0) !== covered) {
        const end = x * height + y;
        counts.push(end - start);
        start = end;
        covered = !covered;
      }
    }
  }
  counts.push(total - start);
  return { height, width, counts: Uint32Array.from(counts) };
}

/**
 * The mask pixel by pixel.
 *
 * @returns `[height, width]`, row-major, as images are; 1 where it is covered, else 0
 */
export function decodeMask({ height, width, counts }: Mask): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(height * width);
  let start = 0;
  for (let run = 0; run < counts.length; run++) {
    const end = start + counts[run]!;
    if (run % 2 === 1) {
      let x = Math.floor(start / height);
      let y = start - x * height;
      for (let at = start; at < end; at++) {
        pixels[y * width + x] = 1;
        if (++y === height) {
          y = 0;
          x++;
        }
      }
    }
    start = end;
  }
  return pixels;
}
