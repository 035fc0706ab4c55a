type Shape = (x: number, y: number) => boolean;

/** Over the unit square: a disc, a square, a ring and a diagonal bar. */
const shapes: readonly Shape[] = [
  (x, y) => Math.hypot(x - 0.5, y - 0.5) < 0.34,
  (x, y) => Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) < 0.3,
  (x, y) => Math.abs(Math.hypot(x - 0.5, y - 0.5) - 0.3) < 0.1,
  (x, y) => Math.abs(x - y) < 0.16,
];

/** The cell that an edge of each direction looks at: to the left, right, above and below. */
const directions = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;

/**
 * A map such as a block might output: 1 where a shape has an edge, 0 elsewhere.
 *
 * @param channels 16 for each shape's edges by the way they face, shape after shape; 4 for each shape's whole outline
 * @returns `size` × `size` × `channels` values, row by row
 */
export function smallPattern(size: number, channels: 4 | 16): Float32Array {
  const values = new Float32Array(size * size * channels);
  const each = channels / shapes.length;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      shapes.forEach((shape, index) => {
        const inside = (dx: number, dy: number): boolean =>
          shape((column + dx + 0.5) / size, (row + dy + 0.5) / size);
        directions.forEach(([dx, dy], direction) => {
          if (!inside(0, 0) || inside(dx, dy)) return;
          values[(row * size + column) * channels + index * each + (direction % each)] = 1;
        });
      });
    }
  }
  return values;
}
