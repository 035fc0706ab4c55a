import { type Sprite, samplerOf } from "./sprite.js";

/** Where and how a sprite is drawn. */
export interface Placement {
  readonly sprite: Sprite;
  /** The sprite's centre, in pixels of the scene. */
  readonly x: number;
  readonly y: number;
  /** Pixels of the scene per pixel of the sprite. */
  readonly magnification: number;
  /** Cosine and sine of the clockwise rotation. */
  readonly turn: readonly [cosine: number, sine: number];
  readonly mirrored: boolean;
  /** Factors of red, green and blue. */
  readonly tint: readonly [number, number, number];
}

/** Calls `visit` for each pixel that the placed sprite may touch, inside and outside the scene. */
export function eachPixelOf(
  { sprite, x, y, magnification, turn: [cosine, sine] }: Placement,
  visit: (x: number, y: number) => void,
): void {
  const halfWidth = (sprite.width / 2) * magnification;
  const halfHeight = (sprite.height / 2) * magnification;
  const across = halfWidth * Math.abs(cosine) + halfHeight * Math.abs(sine) + 1;
  const down = halfWidth * Math.abs(sine) + halfHeight * Math.abs(cosine) + 1;
  for (let row = Math.floor(y - down); row < y + down; row++) {
    for (let column = Math.floor(x - across); column < x + across; column++) visit(column, row);
  }
}

/** Samples a placed sprite at a point of the scene, like `samplerOf`: red, green, blue times alpha, and alpha. */
export function placedSamplerOf({ sprite, x, y, magnification, turn, mirrored, tint }: Placement) {
  const sample = samplerOf(sprite, magnification);
  const cosine = turn[0] / magnification;
  const sine = turn[1] / magnification;
  return (pointX: number, pointY: number, to: Float64Array): void => {
    const along = cosine * (pointX - x) + sine * (pointY - y);
    const down = cosine * (pointY - y) - sine * (pointX - x);
    sample(sprite.width / 2 + (mirrored ? -along : along), sprite.height / 2 + down, to);
    for (let channel = 0; channel < 3; channel++) to[channel]! *= tint[channel]!;
  };
}
