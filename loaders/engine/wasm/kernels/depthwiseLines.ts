import type { Window } from "../windowAttributes.js";

/** A run of output pixels of one line whose windows all hold one tap, and the input pixels under that tap. */
interface DepthwiseLine {
  /** Index of the first input pixel, over the batch; the next is a stride further. */
  readonly inPixel: number;
  /** Index of the first output pixel, over the batch. */
  readonly outPixel: number;
  readonly pixels: number;
  /** Index of the tap, row by row. */
  readonly tap: number;
}

/** Every such run of a convolution. */
export function* depthwiseLines(window: Window): Generator<DepthwiseLine> {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = window;
  for (let tapRow = 0; tapRow < window.filterHeight; tapRow++) {
    for (let tapColumn = 0; tapColumn < window.filterWidth; tapColumn++) {
      const shift = tapColumn * window.dilationWidth - padInfo.left;
      const first = Math.max(0, Math.ceil(-shift / strideWidth));
      const end = Math.min(outWidth, Math.floor((inWidth - 1 - shift) / strideWidth) + 1);
      if (end <= first) continue;
      for (let image = 0; image < batchSize; image++) {
        for (let outRow = 0; outRow < outHeight; outRow++) {
          const row = outRow * strideHeight - padInfo.top + tapRow * window.dilationHeight;
          if (row < 0 || row >= inHeight) continue;
          yield {
            inPixel: (image * inHeight + row) * inWidth + first * strideWidth + shift,
            outPixel: (image * outHeight + outRow) * outWidth + first,
            pixels: end - first,
            tap: tapRow * window.filterWidth + tapColumn,
          };
        }
      }
    }
  }
}
