/** A list of indices, padded with index 0 at weight 0. */
interface PaddedList {
  readonly indices: Int32Array;
  readonly weights: Float32Array;
}

const shortest = 1024;

/**
 * Pads indices to a length of 1,024, 4,096, 16,384, … No list is then empty, which tensors handle badly, and few lengths
 * occur, for each of which an engine may have to compile shaders or a program.
 */
export function paddedListOf(indices: readonly number[] | Int32Array): PaddedList {
  let length = shortest;
  while (length < indices.length) length *= 4;
  const padded = { indices: new Int32Array(length), weights: new Float32Array(length) };
  padded.indices.set(indices);
  padded.weights.fill(1, 0, indices.length);
  return padded;
}
