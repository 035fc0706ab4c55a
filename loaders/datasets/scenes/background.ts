import type { Randomness } from "./randomness.js";
import { type Color, mix, noise, smooth } from "./shading.js";

/** The colour at each point of a scene, in pixels; red, green, blue from 0 to 255. */
type Painter = (x: number, y: number) => Color;

/**
 * Fills a square canvas, size × size × 3, with one of several kinds of background in random colours: a gradient, a glow,
 * clouds of noise, stripes, tiles or soft shapes.
 */
export function paintBackground(random: Randomness, canvas: Float32Array, size: number): void {
  const paint = random.pick([gradient, glow, clouds, stripes, tiles, shapes])(random, size);
  const grain = noise(random, size / 6);
  const strength = random.number(0, 24);
  let offset = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const shade = (grain(x, y) - 0.5) * strength;
      for (const value of paint(x, y)) canvas[offset++] = value + shade;
    }
  }
}

function gradient(random: Randomness, size: number): Painter {
  const [from, to] = [color(random), color(random)];
  const along = ramp(random, size);
  return (x, y) => mix(from, to, along(x, y));
}

function glow(random: Randomness, size: number): Painter {
  const [inner, outer] = [color(random), color(random)];
  const [centreX, centreY] = [random.number(0, size), random.number(0, size)];
  const reach = size * random.number(0.5, 1.2);
  return (x, y) => {
    const distance = Math.sqrt((x - centreX) * (x - centreX) + (y - centreY) * (y - centreY));
    return mix(inner, outer, smooth(distance / reach));
  };
}

function clouds(random: Randomness, size: number): Painter {
  const [from, to] = [color(random), color(random)];
  const coarse = noise(random, size * random.number(0.15, 0.5));
  const middle = noise(random, size * random.number(0.05, 0.15));
  const fine = noise(random, size * random.number(0.015, 0.05));
  return (x, y) => mix(from, to, smooth(coarse(x, y) * 0.6 + middle(x, y) * 0.25 + fine(x, y) * 0.15));
}

function stripes(random: Randomness, size: number): Painter {
  const [one, other] = [color(random), color(random)];
  const along = ramp(random, size);
  const count = random.number(3, 16);
  const softness = random.number(0.05, 0.5);
  return (x, y) => {
    const position = along(x, y) * count;
    // A triangle wave from 0 to 1 and back, steepened.
    const wave = Math.abs(2 * (position - Math.floor(position)) - 1);
    return mix(one, other, smooth((wave - 0.5) / softness + 0.5));
  };
}

function tiles(random: Randomness, size: number): Painter {
  const base = color(random);
  const palette = [base, color(random), mix(base, color(random), 0.4)];
  const columns = random.integer(2, 9);
  const chosen = Array.from({ length: columns * columns }, () => random.pick(palette));
  const shade = ramp(random, size);
  return (x, y) => {
    const column = Math.floor((x * columns) / size);
    const row = Math.floor((y * columns) / size);
    return mix(chosen[row * columns + column]!, [0, 0, 0], shade(x, y) * 0.3);
  };
}

function shapes(random: Randomness, size: number): Painter {
  const below = gradient(random, size);
  const list = Array.from({ length: random.integer(4, 12) }, () => ({
    x: random.number(0, size),
    y: random.number(0, size),
    radius: size * random.number(0.05, 0.35),
    softness: random.number(0.05, 0.6),
    color: color(random),
    strength: random.number(0.3, 0.9),
    round: random.chance(0.6),
  }));
  return (x, y) => {
    let result = below(x, y);
    for (const shape of list) {
      const [across, down] = [Math.abs(x - shape.x), Math.abs(y - shape.y)];
      const distance = shape.round ? Math.sqrt(across * across + down * down) : Math.max(across, down);
      const inside = smooth((1 - distance / shape.radius) / shape.softness);
      if (inside > 0) result = mix(result, shape.color, inside * shape.strength);
    }
    return result;
  };
}

/** Rises from 0 to 1 across the scene, in a random direction. */
function ramp(random: Randomness, size: number): (x: number, y: number) => number {
  const [across, down] = [random.number(-1, 1), random.number(-1, 1)];
  const lowest = Math.min(across, 0) * size + Math.min(down, 0) * size;
  const span = (Math.abs(across) + Math.abs(down)) * size + 1e-6;
  return (x, y) => (x * across + y * down - lowest) / span;
}

/** A random colour of any hue, mostly of medium saturation and lightness. */
function color(random: Randomness): Color {
  const hue = random.number(0, 6);
  const strength = random.number(0.1, 0.75);
  const light = random.number(40, 235);
  const part = (shift: number) => {
    const place = (hue + shift) % 6;
    const pure = Math.min(Math.max(Math.abs(place - 3) - 1, 0), 1);
    return light * (1 - strength + strength * pure);
  };
  return [part(0), part(4), part(2)];
}
