import { type Sprite, samplerOf } from "./sprite.js";

/** Where and how a sprite is drawn. */
export interface Placement {
  readonly sprite: Sprite;
  /** Of the sprite's middle, in pixels of the scene. */
  readonly x: number;
  readonly y: number;
  /** Pixels of the scene for one of the sprite. */
  readonly magnification: number;
  /** Cosine and sine of the turn, clockwise. */
  readonly turn: readonly [cosine: number, sine: number];
  readonly mirrored: boolean;
  /** Factors of red, green and blue. */
  readonly tint: readonly [number, number, number];
}

/** Calls `visit` at each pixel that the placed sprite may touch, in and out of the scene. */
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

/** Reads a placed sprite at a point of the scene: red, green, blue times alpha, and alpha, as `samplerOf` does. */
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
