import sharp from "sharp";

/** Pixels in memory: `data[(y * width + x) * 3 + channel]`, channels red, green, blue, sRGB, 0 to 255. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface DecodeOptions {
  /**
   * "apply" turns the image upright as its EXIF tag says, as every viewer does. "keep" leaves it as stored,
   * which is what the sizes and boxes of COCO files refer to.
   */
  readonly orientation?: "apply" | "keep";
}

const pixelLimit = 100_000_000;
const formats = ["jpeg", "png", "webp"];

/**
 * Decodes a JPEG, PNG or WebP into RGB: greyscale is spread over the three channels, CMYK is converted to sRGB,
 * transparency is laid on black.
 *
 * @param file a path, or the file's bytes
 * @param name what errors call the image; the path when absent
 * @throws Error when the file is missing, no such image, cut off, or larger than 100 megapixels
 */
export async function decodeImage(
  file: string | Buffer,
  name = typeof file === "string" ? file : "image",
  { orientation = "apply" }: DecodeOptions = {},
): Promise<RgbImage> {
  try {
    // "error" refuses files that break off, and lets pass the harmless oddities of cameras' encoders.
    const image = sharp(file, { failOn: "error", limitInputPixels: pixelLimit });
    const { format } = await image.metadata();
    if (!formats.includes(format)) {
      throw new Error(`the format is ${format}`);
    }
    const upright = orientation === "apply" ? image.autoOrient() : image;
    const { data, info } = await upright
      .flatten({ background: "black" })
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) {
      throw new Error(`the decoder gave ${info.channels} channels instead of 3`);
    }
    return {
      width: info.width,
      height: info.height,
      data: new Uint8Array(data.buffer, data.byteOffset, data.length),
    };
  } catch (error) {
    throw new Error(`${name}: ${reasonAndRemedy(error)}`, { cause: error });
  }
}

function reasonAndRemedy(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  if (reason.includes("exceeds pixel limit")) {
    return "holds more than 100 megapixels; give a smaller copy.";
  }
  if (reason.includes("file is missing")) {
    return "no such file; check the path.";
  }
  if (
    reason.includes("unsupported image format") ||
    reason.includes("is empty") ||
    reason.includes("format is")
  ) {
    return `not an image this reads (${reason}); give a JPEG, PNG or WebP.`;
  }
  return `damaged or cut off (${reason}); download or export the file again.`;
}
