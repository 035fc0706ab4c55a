import * as v from "valibot";
import { imageNetDeviation, imageNetMean } from "../../../src/detection/letterbox.js";
import type { RgbImage } from "../../datasets/image.js";

const range = v.pipe(
  v.tuple([v.pipe(v.number(), v.gtValue(0)), v.pipe(v.number(), v.gtValue(0))]),
  v.check(([least, most]) => least <= most, "the first number must not exceed the second"),
);

export const augmentationSchema = v.strictObject({
  /** Mirror half of the images. */
  flip: v.optional(v.boolean(), true),
  /** Factor on the scale that makes the long side fit; above 1 the image is cropped, below it is padded. */
  scaleJitter: v.optional(range, [1, 1]),
  /** Where a smaller image lies: at the top left (as the official pipeline), or anywhere. */
  placement: v.optional(v.picklist(["corner", "anywhere"]), "corner"),
  /** Each of brightness, contrast and saturation changes by up to this share. */
  colour: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0),
});

export type AugmentationSettings = v.InferOutput<typeof augmentationSchema>;

/** How one image is laid into a network's input: input pixel = image pixel × scale + offset, mirrored first. */
export interface Placement {
  readonly flip: boolean;
  readonly scale: number;
  readonly offsetX: number;
  readonly offsetY: number;
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
}

/** Draws a placement. The stream gives the same number of draws whatever comes out, so that images stay apart. */
export function placementOf(
  settings: AugmentationSettings,
  image: { readonly width: number; readonly height: number },
  [height, width]: readonly [number, number],
  random: () => number,
): Placement {
  const [least, most] = settings.scaleJitter;
  const flip = random() < 0.5 && settings.flip;
  const jitter = least + (most - least) * random();
  const scale = Math.min(height / image.height, width / image.width) * jitter;
  const shift = (free: number): number => {
    const drawn = random();
    // A negative room is what a crop leaves out; a positive one is padding.
    if (free < 0) return Math.round(free * drawn);
    return settings.placement === "anywhere" ? Math.round(free * drawn) : 0;
  };
  const offsetX = shift(width - Math.round(image.width * scale));
  const offsetY = shift(height - Math.round(image.height * scale));
  const change = (): number => 1 + settings.colour * (2 * random() - 1);
  return { flip, scale, offsetX, offsetY, brightness: change(), contrast: change(), saturation: change() };
}

/** `[ymin, xmin, ymax, xmax]` in the input for a COCO box of the image; it may reach outside. */
export function placeBox(
  [x, y, boxWidth, boxHeight]: readonly [number, number, number, number],
  imageWidth: number,
  { flip, scale, offsetX, offsetY }: Placement,
): [number, number, number, number] {
  const left = flip ? imageWidth - x - boxWidth : x;
  return [
    y * scale + offsetY,
    left * scale + offsetX,
    (y + boxHeight) * scale + offsetY,
    (left + boxWidth) * scale + offsetX,
  ];
}

/**
 * Height × width × 3 of the input, normalised, zero where the image does not reach: one bilinear pass from the
 * image's pixels, whatever the placement.
 */
export function drawPlaced(
  image: RgbImage,
  placement: Placement,
  [height, width]: readonly [number, number],
): Float32Array {
  const { flip, scale, offsetX, offsetY } = placement;
  const rows = sampled(image.height, scale, offsetY, height, false);
  const columns = sampled(image.width, scale, offsetX, width, flip);
  const pixels = new Float32Array(height * width * 3);
  const { data } = image;
  const { constant, grey, own } = colourOf(placement, meanLuminance(image));
  const factors = imageNetDeviation.map((deviation) => 1 / (255 * deviation));
  const offsets = imageNetMean.map((mean, channel) => -mean / imageNetDeviation[channel]!);
  for (let y = rows.begin; y < rows.end; y++) {
    const above = rows.lower[y]! * image.width;
    const below = rows.upper[y]! * image.width;
    const down = rows.weight[y]!;
    for (let x = columns.begin; x < columns.end; x++) {
      const topLeft = (above + columns.lower[x]!) * 3;
      const topRight = (above + columns.upper[x]!) * 3;
      const bottomLeft = (below + columns.lower[x]!) * 3;
      const bottomRight = (below + columns.upper[x]!) * 3;
      const along = columns.weight[x]!;
      const to = (y * width + x) * 3;
      let luminance = 0;
      for (let channel = 0; channel < 3; channel++) {
        const top = mix(data[topLeft + channel]!, data[topRight + channel]!, along);
        const bottom = mix(data[bottomLeft + channel]!, data[bottomRight + channel]!, along);
        const value = mix(top, bottom, down);
        pixels[to + channel] = value;
        luminance += value * luminanceWeights[channel]!;
      }
      const shift = constant + grey * luminance;
      for (let channel = 0; channel < 3; channel++) {
        const value = Math.min(255, Math.max(0, shift + own * pixels[to + channel]!));
        pixels[to + channel] = value * factors[channel]! + offsets[channel]!;
      }
    }
  }
  return pixels;
}

function mix(a: number, b: number, weight: number): number {
  return a + (b - a) * weight;
}

/** Bilinear samples with half-pixel centres; input positions from `begin` to before `end` show the image. */
function sampled(side: number, scale: number, offset: number, target: number, mirrored: boolean) {
  const lower = new Int32Array(target);
  const upper = new Int32Array(target);
  const weight = new Float64Array(target);
  const begin = Math.max(0, offset);
  const end = Math.min(target, offset + Math.max(1, Math.round(side * scale)));
  for (let index = begin; index < end; index++) {
    const position = Math.min(Math.max((index - offset + 0.5) / scale - 0.5, 0), side - 1);
    const first = Math.floor(position);
    const second = Math.min(first + 1, side - 1);
    lower[index] = mirrored ? side - 1 - first : first;
    upper[index] = mirrored ? side - 1 - second : second;
    weight[index] = position - first;
  }
  return { lower, upper, weight, begin, end };
}

/** Rec. 601, of red, green and blue. */
const luminanceWeights = [0.299, 0.587, 0.114] as const;

/** Of a sparse grid of pixels: contrast pivots on it, and need not be exact. */
function meanLuminance({ data, width, height }: RgbImage): number {
  let sum = 0;
  let count = 0;
  for (let pixel = 0; pixel < width * height; pixel += 97) {
    for (let channel = 0; channel < 3; channel++) {
      sum += data[pixel * 3 + channel]! * luminanceWeights[channel]!;
    }
    count++;
  }
  return sum / count;
}

/**
 * Saturation around a pixel's luminance, contrast around the image's mean, then brightness, as one map: a channel
 * becomes `constant + grey · luminance + own · channel`.
 */
function colourOf({ brightness, contrast, saturation }: Placement, mean: number) {
  return {
    constant: brightness * mean * (1 - contrast),
    grey: brightness * contrast * (1 - saturation),
    own: brightness * contrast * saturation,
  };
}
