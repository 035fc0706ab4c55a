/** To a hundredth of a pixel, so that a drawing is the same on every machine. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
