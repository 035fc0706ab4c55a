import { eachPixelOf, type Placement, placedSamplerOf } from "./placement.js";
import type { Randomness } from "./randomness.js";
import type { Sprite } from "./sprite.js";

/** An object of a scene and its visible pixels. */
export interface PlacedObject {
  /** Index of its class. */
  readonly class: number;
  readonly placement: Placement;
  /** Visible pixels. */
  readonly area: number;
  /** `[x, y, width, height]` around them. */
  readonly box: readonly [number, number, number, number];
}

interface LayoutSettings {
  /** Side of the square scene, in pixels. */
  readonly size: number;
  /** Indices of the classes to draw from. */
  readonly classes: readonly number[];
  readonly maxObjects: number;
}

/** At least this share of an object's pixels is visible, i.e. neither outside the border nor behind another object. */
const visibleShare = 0.4;
const attempts = 12;
/** The smallest long side, as a share of the scene's; the largest is 2^4 times as long. */
const smallestShare = 1 / 20;
/** Probability of each octave of the long side, small to large: a large object leaves little room for others. */
const octaveWeights = [0.3, 0.3, 0.25, 0.15];

/** Objects from back to front, large ones behind small ones, none of them hidden by more than three fifths. */
export function layoutOf(
  random: Randomness,
  sprites: readonly Sprite[],
  { size, classes, maxObjects }: LayoutSettings,
): PlacedObject[] {
  const sides = Array.from({ length: random.integer(1, maxObjects) }, () => longSide(random, size));
  sides.sort((a, b) => b - a);
  const objects: { class: number; placement: Placement; total: number; visible: number }[] = [];
  // For each pixel the index of the object seen there.
  const owners = new Int16Array(size * size).fill(-1);
  for (const side of sides) {
    const chosen = random.pick(classes);
    for (let attempt = 0; attempt < attempts; attempt++) {
      const placement = placementOf(random, sprites[chosen]!, side, size);
      const { pixels, total } = coverageOf(placement, size);
      const hidden = new Array<number>(objects.length).fill(0);
      for (const pixel of pixels) if (owners[pixel]! >= 0) hidden[owners[pixel]!]!++;
      const fits =
        pixels.length >= visibleShare * total &&
        objects.every(({ total, visible }, i) => visible - hidden[i]! >= visibleShare * total);
      if (!fits) continue;
      objects.forEach((object, i) => {
        object.visible -= hidden[i]!;
      });
      for (const pixel of pixels) owners[pixel] = objects.length;
      objects.push({ class: chosen, placement, total, visible: pixels.length });
      break;
    }
  }
  const boxes = boxesOf(owners, size, objects.length);
  return objects.map((object, i) => ({
    class: object.class,
    placement: object.placement,
    area: object.visible,
    box: boxes[i]!,
  }));
}

function longSide(random: Randomness, size: number): number {
  let draw = random.number(0, 1);
  let octave = 0;
  while (octave + 1 < octaveWeights.length && draw >= octaveWeights[octave]!) {
    draw -= octaveWeights[octave]!;
    octave++;
  }
  return size * smallestShare * 2 ** octave * random.number(1, 2);
}

function placementOf(random: Randomness, sprite: Sprite, side: number, size: number): Placement {
  // From t, the tangent of half the angle, sine and cosine follow without trigonometric functions, whose last digits
  // differ between machines; t = 0.13 is 15 degrees.
  const t = random.number(-0.13, 0.13);
  const brightness = random.number(0.85, 1.1);
  return {
    sprite,
    x: random.number(0, size),
    y: random.number(0, size),
    magnification: side / Math.max(sprite.width, sprite.height),
    turn: [(1 - t * t) / (1 + t * t), (2 * t) / (1 + t * t)],
    mirrored: random.chance(0.5),
    tint: [
      brightness * random.number(0.92, 1.08),
      brightness * random.number(0.92, 1.08),
      brightness * random.number(0.92, 1.08),
    ],
  };
}

/** The scene's pixels that are at least half covered by the sprite, and their number including those outside. */
function coverageOf(placement: Placement, size: number): { pixels: number[]; total: number } {
  const sample = placedSamplerOf(placement);
  const value = new Float64Array(4);
  const pixels: number[] = [];
  let total = 0;
  eachPixelOf(placement, (x, y) => {
    sample(x + 0.5, y + 0.5, value);
    if (value[3]! < 0.5) return;
    total++;
    if (x >= 0 && y >= 0 && x < size && y < size) pixels.push(y * size + x);
  });
  return { pixels, total };
}

function boxesOf(owners: Int16Array, size: number, count: number): [number, number, number, number][] {
  const edges = Array.from({ length: count }, () => ({ left: size, top: size, right: 0, bottom: 0 }));
  owners.forEach((owner, pixel) => {
    if (owner < 0) return;
    const edge = edges[owner]!;
    const x = pixel % size;
    const y = (pixel - x) / size;
    edge.left = Math.min(edge.left, x);
    edge.top = Math.min(edge.top, y);
    edge.right = Math.max(edge.right, x + 1);
    edge.bottom = Math.max(edge.bottom, y + 1);
  });
  return edges.map(({ left, top, right, bottom }) => [left, top, right - left, bottom - top]);
}
