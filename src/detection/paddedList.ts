/** A list of indices, filled up with index 0 at weight 0. */
export interface PaddedList {
  readonly indices: Int32Array;
  readonly weights: Float32Array;
}

const multiple = 64;

/**
 * Indices filled up to a multiple of 64, and at least to 64. No list is then empty, which tensors take badly,
 * and a batch seldom brings a length for which a GPU backend has yet to compile its shaders.
 */
export function paddedListOf(indices: readonly number[] | Int32Array): PaddedList {
  const length = Math.max(1, Math.ceil(indices.length / multiple)) * multiple;
  const padded = { indices: new Int32Array(length), weights: new Float32Array(length) };
  padded.indices.set(indices);
  padded.weights.fill(1, 0, indices.length);
  return padded;
}
