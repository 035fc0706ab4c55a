import { eachPixelOf, type Placement, placedSamplerOf } from "./placement.js";

/** Quarter points: four samples per pixel keep the edges of rotated sprites smooth. */
const samplePoints = [0.25, 0.75];
const shadowStrength = 0.3;

/** Paints a sprite and its soft shadow on a square canvas, size × size × 3. */
export function paintObject(placement: Placement, canvas: Float32Array, size: number): void {
  paintShadow(placement, canvas, size);
  const sample = placedSamplerOf(placement);
  const value = new Float64Array(4);
  const sum = new Float64Array(4);
  eachPixelOf(placement, (x, y) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    sum.fill(0);
    for (const down of samplePoints) {
      for (const along of samplePoints) {
        sample(x + along, y + down, value);
        for (let channel = 0; channel < 4; channel++) sum[channel]! += value[channel]! / 4;
      }
    }
    if (sum[3] === 0) return;
    const offset = (y * size + x) * 3;
    for (let channel = 0; channel < 3; channel++) {
      canvas[offset + channel] = canvas[offset + channel]! * (1 - sum[3]!) + sum[channel]!;
    }
  });
}

/** Darkens the area below the sprite, using a much smaller copy of it, whose edges are soft. */
function paintShadow(placement: Placement, canvas: Float32Array, size: number): void {
  const { sprite, magnification } = placement;
  const drop = sprite.height * magnification * 0.05;
  const index = Math.min(4, sprite.levels.length - 1);
  const level = sprite.levels[index]!;
  const soft = {
    ...placement,
    sprite: { width: level.width, height: level.height, levels: [level] },
    magnification: magnification * 2 ** index,
    x: placement.x,
    y: placement.y + drop,
  };
  const sample = placedSamplerOf(soft);
  const value = new Float64Array(4);
  eachPixelOf(soft, (x, y) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    sample(x + 0.5, y + 0.5, value);
    const offset = (y * size + x) * 3;
    for (let channel = 0; channel < 3; channel++) canvas[offset + channel]! *= 1 - shadowStrength * value[3]!;
  });
}
