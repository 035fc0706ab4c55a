/**
 * The largest image that is decoded. libjpeg, which most programs use, decodes none that is longer on a side. What a file says of its size is checked before its
 * pixels take any memory.
 */
const imageLimits = { side: 65_500, pixels: 100_000_000 } as const;

/** Why an image of a size is not decoded, as the end of a sentence that starts with its name; undefined if it is. */
export function reasonAgainstSize(width: number, height: number): string | undefined {
  if (Math.max(width, height) <= imageLimits.side && width * height <= imageLimits.pixels) return undefined;
  const words = (count: number) => count.toLocaleString("en-US");
  return (
    `is ${words(width)} × ${words(height)} pixels, and images of up to ${words(imageLimits.side)} pixels on a side and ` +
    `${imageLimits.pixels / 1e6} megapixels in all can be read; use a smaller copy`
  );
}
