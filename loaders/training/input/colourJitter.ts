import type { RgbImage } from "../../datasets/image.js";

/** Factors; 1 changes nothing. */
export interface ColourJitter {
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
}

/** Rec. 601, of red, green and blue. */
export const luminanceWeights = [0.299, 0.587, 0.114] as const;

/**
 * Saturation around a pixel's luminance, contrast around the image's mean luminance, then brightness, as one linear map:
 * a channel becomes `constant + grey · luminance + own · channel`.
 */
export function colourMap({ brightness, contrast, saturation }: ColourJitter, image: RgbImage) {
  return {
    constant: brightness * meanLuminance(image) * (1 - contrast),
    grey: brightness * contrast * (1 - saturation),
    own: brightness * contrast * saturation,
  };
}

/** Over a sparse sample of pixels: contrast's pivot need not be exact. */
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
