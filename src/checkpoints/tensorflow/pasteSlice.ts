import type { StoredPart } from "./bundleIndex.js";

/** Copies a slice's elements to their places in the whole tensor, a run of the last dimension at a time. */
export function pasteSlice<A extends Float32Array | Uint8Array>(
  slice: A,
  { start, shape }: Pick<StoredPart, "start" | "shape">,
  whole: A,
  wholeShape: readonly number[],
): void {
  const run = shape.at(-1) ?? 1;
  if (run === 0) return;
  for (let from = 0; from < slice.length; from += run) {
    whole.set(slice.subarray(from, from + run), placeOf(from, start, shape, wholeShape));
  }
}

/** Where the slice's element with this index is in the whole tensor. */
function placeOf(
  index: number,
  start: readonly number[],
  shape: readonly number[],
  wholeShape: readonly number[],
): number {
  let rest = index;
  let place = 0;
  let stride = 1;
  for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
    const side = shape[dimension]!;
    place += (start[dimension]! + (rest % side)) * stride;
    rest = Math.floor(rest / side);
    stride *= wholeShape[dimension]!;
  }
  return place;
}
