/** A picture with a transparent background, at its full size, half, a quarter, … (mipmaps). */
export interface Sprite {
  readonly width: number;
  readonly height: number;
  /** The first is the picture itself; each further one averages 2 × 2 pixels of the previous. */
  readonly levels: readonly SpriteLevel[];
}

interface SpriteLevel {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, each times alpha, from 0 to 255; then alpha, from 0 to 1. */
  readonly data: Float32Array;
}

/** A sprite from RGBA bytes, with its transparent border cropped. */
export function spriteOf(rgba: Uint8Array, width: number, height: number): Sprite {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (rgba[(y * width + x) * 4 + 3] === 0) continue;
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + 1);
      bottom = Math.max(bottom, y + 1);
    }
  }
  const first = { width: right - left, height: bottom - top, data: new Float32Array(0) };
  const data = new Float32Array(first.width * first.height * 4);
  for (let y = 0; y < first.height; y++) {
    for (let x = 0; x < first.width; x++) {
      const from = ((y + top) * width + x + left) * 4;
      const to = (y * first.width + x) * 4;
      const alpha = rgba[from + 3]! / 255;
      for (let channel = 0; channel < 3; channel++) data[to + channel] = rgba[from + channel]! * alpha;
      data[to + 3] = alpha;
    }
  }
  const levels: SpriteLevel[] = [{ ...first, data }];
  for (let last = levels[0]!; Math.max(last.width, last.height) > 4; last = levels.at(-1)!) {
    levels.push(halved(last));
  }
  return { width: first.width, height: first.height, levels };
}

function halved({ width, height, data }: SpriteLevel): SpriteLevel {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const averages = new Float32Array(half.width * half.height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = ((y >> 1) * half.width + (x >> 1)) * 4;
      const from = (y * width + x) * 4;
      for (let channel = 0; channel < 4; channel++) averages[to + channel]! += data[from + channel]! / 4;
    }
  }
  return { ...half, data: averages };
}

/**
 * Samples the sprite's level that suits the magnification, with one to two of its pixels per pixel drawn, so shrinking
 * neither aliases nor blurs. Outside its border a sprite is transparent.
 *
 * @param magnification pixels drawn for one pixel of the sprite
 * @returns a function that writes red, green, blue and alpha at a place in pixels of the whole sprite, bilinearly
 */
export function samplerOf(sprite: Sprite, magnification: number) {
  let index = 0;
  while (magnification * 2 ** (index + 1) <= 1 && index + 1 < sprite.levels.length) index++;
  const level = sprite.levels[index]!;
  const shrink = 1 / 2 ** index;
  return (x: number, y: number, to: Float64Array): void => {
    const across = x * shrink - 0.5;
    const down = y * shrink - 0.5;
    const left = Math.floor(across);
    const top = Math.floor(down);
    to.fill(0);
    if (left < -1 || top < -1 || left >= level.width || top >= level.height) return;
    const right = across - left;
    const bottom = down - top;
    addPixel(level, top, left, (1 - right) * (1 - bottom), to);
    addPixel(level, top, left + 1, right * (1 - bottom), to);
    addPixel(level, top + 1, left, (1 - right) * bottom, to);
    addPixel(level, top + 1, left + 1, right * bottom, to);
  };
}

function addPixel(
  { width, height, data }: SpriteLevel,
  row: number,
  column: number,
  weight: number,
  to: Float64Array,
): void {
  if (row < 0 || column < 0 || row >= height || column >= width) return;
  const from = (row * width + column) * 4;
  to[0]! += data[from]! * weight;
  to[1]! += data[from + 1]! * weight;
  to[2]! += data[from + 2]! * weight;
  to[3]! += data[from + 3]! * weight;
}
