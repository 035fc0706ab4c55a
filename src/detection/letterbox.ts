/** An image's pixels, row by row, red, green, blue and, with four channels, an alpha that is not read. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** How an image is placed in a network's input: at the top left, with padding around the rest. */
export interface Letterbox {
  readonly imageHeight: number;
  readonly imageWidth: number;
  /** Height and width of the part that the image covers, in pixels of the input. */
  readonly resizedHeight: number;
  readonly resizedWidth: number;
  /** Pixels of the input for one of the image, before the resized sides are rounded. */
  readonly scale: number;
}

interface LetterboxedImage extends Letterbox {
  /** Height × width × 3 of the input, normalised. */
  readonly pixels: Float32Array;
}

/** Mean and standard deviation of red, green and blue, from 0 to 1, that the official models are trained with. */
export const imageNetMean = [0.485, 0.456, 0.406] as const;
export const imageNetDeviation = [0.229, 0.224, 0.225] as const;

/** Of a network's input, in pixels. */
type InputSize = readonly [height: number, width: number];

/** Fits an image into an input of the given size: as large as possible, with its aspect ratio kept. */
export function letterboxOf(imageHeight: number, imageWidth: number, [height, width]: InputSize): Letterbox {
  const scale = Math.min(height / imageHeight, width / imageWidth);
  return {
    imageHeight,
    imageWidth,
    resizedHeight: Math.max(1, Math.round(imageHeight * scale)),
    resizedWidth: Math.max(1, Math.round(imageWidth * scale)),
    scale,
  };
}

/**
 * Makes a network's input from an image: resized to fit, normalised as (x / 255 − mean) / deviation, with zeros
 * below and to the right. Bilinear with half-pixel centres and no antialiasing, as `tf.image.resize`.
 */
export function letterbox(image: PixelImage, size: InputSize): LetterboxedImage {
  const [height, width] = size;
  const placed = letterboxOf(image.height, image.width, size);
  const { resizedHeight, resizedWidth } = placed;
  const { data, channels } = image;
  const rows = samplesOf(image.height, resizedHeight);
  const columns = samplesOf(image.width, resizedWidth);
  const factors = imageNetDeviation.map((deviation) => 1 / (255 * deviation));
  const offsets = imageNetMean.map((mean, i) => -mean / imageNetDeviation[i]!);
  const pixels = new Float32Array(height * width * 3);
  for (let y = 0; y < resizedHeight; y++) {
    const above = rows.lower[y]! * image.width;
    const below = rows.upper[y]! * image.width;
    const down = rows.weight[y]!;
    for (let x = 0; x < resizedWidth; x++) {
      const left = columns.lower[x]!;
      const right = columns.upper[x]!;
      const along = columns.weight[x]!;
      const to = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const topLeft = data[(above + left) * channels + channel]!;
        const topRight = data[(above + right) * channels + channel]!;
        const bottomLeft = data[(below + left) * channels + channel]!;
        const bottomRight = data[(below + right) * channels + channel]!;
        const top = topLeft + (topRight - topLeft) * along;
        const bottom = bottomLeft + (bottomRight - bottomLeft) * along;
        pixels[to + channel] = (top + (bottom - top) * down) * factors[channel]! + offsets[channel]!;
      }
    }
  }
  return { ...placed, pixels };
}

/** The two source positions of each target position, and the weight of the second. */
function samplesOf(from: number, to: number) {
  const lower = new Int32Array(to);
  const upper = new Int32Array(to);
  const weight = new Float64Array(to);
  for (let i = 0; i < to; i++) {
    const position = ((i + 0.5) * from) / to - 0.5;
    const floor = Math.floor(position);
    lower[i] = Math.max(floor, 0);
    upper[i] = Math.min(floor + 1, from - 1);
    weight[i] = position - floor;
  }
  return { lower, upper, weight };
}

/**
 * `[x, y, width, height]` in pixels of the image for a box `[ymin, xmin, ymax, xmax]` of the input. The sides
 * are scaled apart, since rounding the resized sides stretches them by up to half a pixel; the result is
 * clipped to the image.
 */
export function toImageBox(
  [ymin, xmin, ymax, xmax]: readonly [number, number, number, number],
  { imageHeight, imageWidth, resizedHeight, resizedWidth }: Letterbox,
): [x: number, y: number, width: number, height: number] {
  const along = (x: number) => Math.min(Math.max((x * imageWidth) / resizedWidth, 0), imageWidth);
  const down = (y: number) => Math.min(Math.max((y * imageHeight) / resizedHeight, 0), imageHeight);
  return [along(xmin), down(ymin), along(xmax) - along(xmin), down(ymax) - down(ymin)];
}
