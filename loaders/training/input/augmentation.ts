import * as v from "valibot";
import { fraction, positive } from "../../../src/architecture/model/numbers.js";
import { imageNetDeviation, imageNetMean } from "../../../src/detection/letterbox.js";
import type { RgbImage } from "../../datasets/image.js";
import { type ColourJitter, colourMap, luminanceWeights } from "./colourJitter.js";

const range = v.pipe(
  v.tuple([positive, positive]),
  v.check(([least, most]) => least <= most, "the first number must not exceed the second"),
);

export const augmentationSchema = v.strictObject({
  /** Flip half of the images horizontally. */
  flip: v.optional(v.boolean(), true),
  /** Range of a factor on the scale at which the image fits; above 1 it is cropped, below 1 padded. */
  scaleJitter: v.optional(range, [1, 1]),
  /** Where a smaller image goes: the top left corner (as in the official pipeline), or anywhere. */
  placement: v.optional(v.picklist(["corner", "anywhere"]), "corner"),
  /** Colour jitter: brightness, contrast and saturation each change by up to this share. */
  colour: v.optional(fraction, 0),
});

export type AugmentationSettings = v.InferOutput<typeof augmentationSchema>;

/** How one image is mapped to a network's input: flipped first, then input pixel = image pixel × scale + offset. */
export interface Augmentation extends ColourJitter {
  readonly flip: boolean;
  readonly scale: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** Draws an augmentation. It always takes the same number of draws. */
export function drawAugmentation(
  settings: AugmentationSettings,
  image: { readonly width: number; readonly height: number },
  [height, width]: readonly [number, number],
  random: () => number,
): Augmentation {
  const [least, most] = settings.scaleJitter;
  const flip = random() < 0.5 && settings.flip;
  const jitter = least + (most - least) * random();
  const scale = Math.min(height / image.height, width / image.width) * jitter;
  const shift = (free: number): number => {
    const drawn = random();
    // Negative: cropped pixels; positive: padding.
    if (free < 0) return Math.round(free * drawn);
    return settings.placement === "anywhere" ? Math.round(free * drawn) : 0;
  };
  const offsetX = shift(width - Math.round(image.width * scale));
  const offsetY = shift(height - Math.round(image.height * scale));
  const change = (): number => 1 + settings.colour * (2 * random() - 1);
  return { flip, scale, offsetX, offsetY, brightness: change(), contrast: change(), saturation: change() };
}

/** A COCO box of the image as `[ymin, xmin, ymax, xmax]` in the input; it may reach outside. */
export function augmentBox(
  [x, y, boxWidth, boxHeight]: readonly [number, number, number, number],
  imageWidth: number,
  { flip, scale, offsetX, offsetY }: Augmentation,
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
 * The network's input, height × width × 3, normalised and zero-padded: sampled bilinearly from the image in one go,
 * whatever the augmentation.
 */
export function augmentImage(
  image: RgbImage,
  augmentation: Augmentation,
  [height, width]: readonly [number, number],
): Float32Array {
  const { flip, scale, offsetX, offsetY } = augmentation;
  const rows = sampled(image.height, scale, offsetY, height, false);
  const columns = sampled(image.width, scale, offsetX, width, flip);
  const pixels = new Float32Array(height * width * 3);
  const { data } = image;
  const { constant, grey, own } = colourMap(augmentation, image);
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

/** Bilinear samples with half-pixel centres; the image covers input positions from `begin` to before `end`. */
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
