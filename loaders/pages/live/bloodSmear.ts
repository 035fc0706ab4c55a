import type { RgbImage } from "../../datasets/image.js";
import { type Randomness, randomnessOf } from "../../datasets/scenes/randomness.js";
import { type Color, mix, noise, smooth } from "../../datasets/scenes/shading.js";

const width = 320;
const height = 240;

const plasma: Color = [209, 219, 214];
/** How much of the light behind it a red cell at its thickest lets through. */
const redCell: Color = [0.91, 0.66, 0.6];
const cytoplasm: Color = [190, 178, 208];
const nucleus: Color = [92, 78, 176];
const platelet: Color = [142, 132, 190];

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

interface RedCell extends Disc {
  /** Short over long axis, and the direction of the long one. */
  readonly roundness: number;
  readonly angle: number;
  /** Thickness of the middle, as a share of the rim's. */
  readonly middle: number;
  /** Height and phase of the outline's two and three bumps. */
  readonly bumps: readonly (readonly [count: number, height: number, phase: number])[];
}

interface WhiteCell extends Disc {
  readonly lobes: readonly Disc[];
}

/**
 * A blood smear as a microscope shows it, drawn: 320 × 240 pixels, red cells with pale middles that overlap a
 * little, one white cell with a lobed nucleus, a few platelets. Sizes and colours are those of stained smears at
 * that magnification. The same picture for the same seed on every machine.
 */
export function bloodSmear(seed: number): RgbImage {
  const random = randomnessOf(seed, 0);
  const white = whiteCellOf(random);
  const red = redCellsOf(random, white);
  const platelets = plateletsOf(random, [white, ...red]);
  const clouds = softNoise(random, 40);
  const stain = softNoise(random, 7);
  const grain = softNoise(random, 1.6);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = 1 + (clouds(x, y) - 0.5) * 0.05 - 0.05 * fromMiddle(x, y);
      let color: Color = [plasma[0] * light, plasma[1] * light, plasma[2] * light];
      for (const cell of red) color = behind(color, thicknessOf(cell, x, y), stain(x, y));
      for (const disc of platelets) {
        const ragged = Math.hypot(x - disc.x, y - disc.y) + (stain(x, y) - 0.5) * 5;
        color = mix(color, platelet, 0.75 * smooth((disc.radius - ragged) / 4));
      }
      color = stained(color, white, x, y, stain(x, y), grain(x, y));
      color.forEach((value, channel) => {
        const noisy = value + (grain(x, y) - 0.5) * 7 + random.number(-2.5, 2.5);
        data[(y * width + x) * 3 + channel] = Math.min(Math.max(Math.round(noisy), 0), 255);
      });
    }
  }
  return { width, height, data };
}

function whiteCellOf(random: Randomness): WhiteCell {
  const radius = random.number(43, 48);
  const [x, y] = [random.number(110, 210), random.number(90, 150)];
  const turn = random.number(0, 2 * Math.PI);
  // Four lobes along a horseshoe.
  const lobes = [0, 1, 2, 3].map((index) => {
    const angle = turn + index * 1.25 + random.number(-0.15, 0.15);
    const reach = radius * random.number(0.4, 0.47);
    return {
      x: x + Math.cos(angle) * reach,
      y: y + Math.sin(angle) * reach,
      radius: radius * random.number(0.33, 0.41),
    };
  });
  return { x, y, radius, lobes };
}

function redCellsOf(random: Randomness, white: Disc): RedCell[] {
  const cells: RedCell[] = [];
  for (let attempt = 0; attempt < 400 && cells.length < 24; attempt++) {
    const cell: RedCell = {
      x: random.number(-8, width + 8),
      y: random.number(-8, height + 8),
      radius: random.number(23, 29),
      roundness: random.number(0.84, 1),
      angle: random.number(0, Math.PI),
      middle: random.chance(0.65) ? random.number(0.12, 0.45) : random.number(0.75, 0.95),
      bumps: [2, 3].map((count) => [count, random.number(0, 0.045), random.number(0, 6.3)] as const),
    };
    const room = (other: Disc, share: number) =>
      Math.hypot(cell.x - other.x, cell.y - other.y) > share * (cell.radius + other.radius);
    if (room(white, 0.97) && cells.every((other) => room(other, 0.78))) cells.push(cell);
  }
  return cells;
}

function plateletsOf(random: Randomness, cells: readonly Disc[]): Disc[] {
  const found: Disc[] = [];
  for (let attempt = 0; attempt < 2000 && found.length < 3; attempt++) {
    const disc = {
      x: random.number(15, width - 15),
      y: random.number(15, height - 15),
      radius: random.number(7.5, 10),
    };
    const free = [...cells, ...found].every(
      (other) => Math.hypot(disc.x - other.x, disc.y - other.y) > other.radius + disc.radius,
    );
    if (free) found.push(disc);
  }
  return found;
}

/** From 0 outside to 1 at a red cell's rim, less in its middle: the profile of a biconcave disc. */
function thicknessOf(cell: RedCell, x: number, y: number): number {
  const [across, down] = [x - cell.x, y - cell.y];
  if (Math.hypot(across, down) > cell.radius * 1.2) return 0;
  const along = across * Math.cos(cell.angle) + down * Math.sin(cell.angle);
  const aside = (down * Math.cos(cell.angle) - across * Math.sin(cell.angle)) / cell.roundness;
  const direction = Math.atan2(aside, along);
  const outline = cell.bumps.reduce(
    (sum, [count, bump, phase]) => sum + bump * Math.cos(count * direction + phase),
    1,
  );
  const distance = Math.hypot(along, aside) / (cell.radius * outline);
  const inside = smooth((1 - distance) * cell.radius * 0.45);
  const middle = 1 - (1 - cell.middle) * (1 - smooth((distance - 0.1) / 0.62));
  // Light bends at the edge, which shows as a thin dark line.
  const edge = 0.22 * smooth(1 - Math.abs(distance - 0.94) / 0.09);
  return inside * (middle + edge);
}

/** What is seen of a colour through a layer of red cell. */
function behind(color: Color, thickness: number, stain: number): Color {
  if (thickness <= 0) return color;
  const depth = thickness * (0.94 + stain * 0.12);
  return [color[0] * redCell[0] ** depth, color[1] * redCell[1] ** depth, color[2] * redCell[2] ** depth];
}

function stained(color: Color, cell: WhiteCell, x: number, y: number, stain: number, grain: number): Color {
  const distance = Math.hypot(x - cell.x, y - cell.y) + (stain - 0.5) * 3;
  const inside = smooth((cell.radius - distance) / 3);
  if (inside <= 0) return color;
  const body = mix(cytoplasm, [158, 140, 190], 0.7 * smooth(grain * stain * 2.2));
  const lobe = Math.max(
    ...cell.lobes.map((disc) => disc.radius - Math.hypot(x - disc.x, y - disc.y)),
    ...cell.lobes.slice(1).map((disc, index) => bridge(cell.lobes[index]!, disc, x, y)),
  );
  const chromatin = mix(nucleus, [128, 112, 205], smooth(stain * 1.6 - 0.4));
  const within = mix(body, chromatin, smooth((lobe + (stain - 0.5) * 3) / 2.5));
  return mix(color, within, 0.93 * inside);
}

/** How deep a point is inside the strand between two lobes. */
function bridge(from: Disc, to: Disc, x: number, y: number): number {
  const [across, down] = [to.x - from.x, to.y - from.y];
  const along = ((x - from.x) * across + (y - from.y) * down) / (across * across + down * down);
  const share = Math.min(Math.max(along, 0), 1);
  return from.radius * 0.5 - Math.hypot(x - from.x - share * across, y - from.y - share * down);
}

/** From 0 in the picture's middle to about 1 in its corners. */
function fromMiddle(x: number, y: number): number {
  const [across, down] = [x / width - 0.5, y / height - 0.5];
  return 2 * (across * across + down * down);
}

function softNoise(random: Randomness, pitch: number): (x: number, y: number) => number {
  return noise(random, pitch, Math.ceil(width / pitch) + 2, Math.ceil(height / pitch) + 2);
}
