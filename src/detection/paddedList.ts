/** A list of indices, filled up with index 0 at weight 0. */
export interface PaddedList {
  readonly indices: Int32Array;
  readonly weights: Float32Array;
}

const shortest = 1024;

/**
 * Indices filled up to 1,024, 4,096, 16,384, … of them. No list is then empty, which tensors take badly, and a run meets
 * few lengths, for each of which an engine may have shaders or a program to compile.
 */
export function paddedListOf(indices: readonly number[] | Int32Array): PaddedList {
  let length = shortest;
  while (length < indices.length) length *= 4;
  const padded = { indices: new Int32Array(length), weights: new Float32Array(length) };
  padded.indices.set(indices);
  padded.weights.fill(1, 0, indices.length);
  return padded;
}
