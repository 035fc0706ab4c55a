import type { SmallMap } from "../../architecture/drawing/smallConnection.js";

/** Pixels, red, green, blue and opacity each. */
export interface Tiles {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * A map's channels side by side in a square, a pixel a cell and a clear one between channels. Black, the more opaque
 * the greater the value; the map's greatest is opaque, and zero still shows a tint, so that a tile's extent is seen.
 */
export function tilesOf({ height, width, channels, values }: SmallMap): Tiles {
  const columns = Math.ceil(Math.sqrt(channels));
  const rows = Math.ceil(channels / columns);
  const [wide, high] = [columns * (width + 1) - 1, rows * (height + 1) - 1];
  const greatest = Math.max(...values) || 1;
  const data = new Uint8ClampedArray(wide * high * 4);
  values.forEach((value, index) => {
    const channel = index % channels;
    const [cell, row] = [Math.floor(index / channels), Math.floor(channel / columns)];
    const x = (channel % columns) * (width + 1) + (cell % width);
    const y = row * (height + 1) + Math.floor(cell / width);
    data[(y * wide + x) * 4 + 3] = 18 + (237 * value) / greatest;
  });
  return { width: wide, height: high, data };
}
