/** The grid of reference boxes a RetinaNet head predicts against. */
export interface AnchorSettings {
  /** Pyramid levels, finest first; level `l` has a stride of 2^l pixels. */
  readonly levels: readonly number[];
  /** Side of the smallest anchor of a level, in strides. */
  readonly size: number;
  readonly scalesPerOctave: number;
  /** Width over height. Their order is the order of the head's output channels. */
  readonly aspectRatios: readonly number[];
}

/** Anchors at each cell of a feature map. */
export function anchorsPerCell({ scalesPerOctave, aspectRatios }: AnchorSettings): number {
  return scalesPerOctave * aspectRatios.length;
}

/**
 * All anchors of an input of the given height and width in pixels, as N × 4 values `[ymin, xmin, ymax, xmax]`:
 * level by level, cells row by row, at each cell the scales and, within a scale, the ratios. An anchor may
 * reach outside the input. A level's map has ⌈input / stride⌉ cells along each side, as 'same' padding gives.
 *
 * Centres are at (i + 1/2) strides; an anchor of scale k and ratio r has the area (size · stride · 2^(k/n))².
 */
export function anchorsOf(settings: AnchorSettings, inputHeight: number, inputWidth: number): Float32Array {
  const { levels, size, scalesPerOctave, aspectRatios } = settings;
  const perCell = anchorsPerCell(settings);
  const grids = levels.map((level) => {
    const stride = 2 ** level;
    return { stride, rows: Math.ceil(inputHeight / stride), columns: Math.ceil(inputWidth / stride) };
  });
  const anchors = new Float32Array(
    grids.reduce((total, { rows, columns }) => total + rows * columns * perCell * 4, 0),
  );
  let offset = 0;
  for (const { stride, rows, columns } of grids) {
    const halves: [height: number, width: number][] = [];
    for (let scale = 0; scale < scalesPerOctave; scale++) {
      const side = size * stride * 2 ** (scale / scalesPerOctave);
      for (const ratio of aspectRatios) {
        halves.push([side / Math.sqrt(ratio) / 2, (side * Math.sqrt(ratio)) / 2]);
      }
    }
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const y = (row + 0.5) * stride;
        const x = (column + 0.5) * stride;
        for (const [height, width] of halves) {
          anchors[offset++] = y - height;
          anchors[offset++] = x - width;
          anchors[offset++] = y + height;
          anchors[offset++] = x + width;
        }
      }
    }
  }
  return anchors;
}
