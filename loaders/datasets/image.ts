import sharp from "sharp";
import { reasonAgainstSize } from "../../src/coco/imageLimits.js";

/** Pixels in memory: `data[(y * width + x) * 3 + channel]`, channels red, green, blue, sRGB, 0 to 255. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface DecodeOptions {
  /**
   * "apply" rotates the image by its EXIF tag, as every viewer does. "keep" leaves it as stored, which is what the sizes
   * and boxes of COCO files refer to.
   */
  readonly orientation?: "apply" | "keep";
}

const formats = ["jpeg", "png", "webp"];

/**
 * Decodes a JPEG, PNG or WebP into RGB: greyscale is copied to the three channels, CMYK is converted to sRGB,
 * transparency is composited on black.
 *
 * @param file a path, or the file's bytes
 * @param name what errors call the image; its path by default
 * @throws Error if the file is missing, not such an image, truncated, or by its header larger than `imageLimits`
 */
export async function decodeImage(
  file: string | Buffer,
  name = typeof file === "string" ? file : "image",
  { orientation = "apply" }: DecodeOptions = {},
): Promise<RgbImage> {
  try {
    // "error" rejects truncated files but accepts harmless oddities of cameras' encoders.
    const image = sharp(file, { failOn: "error", limitInputPixels: false });
    const { format, width, height } = await image.metadata();
    if (!formats.includes(format)) {
      throw new Error(`the format is ${format}`);
    }
    const tooLarge = reasonAgainstSize(width, height);
    if (tooLarge !== undefined) throw new TooLarge(tooLarge);
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

class TooLarge extends Error {}

function reasonAndRemedy(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof TooLarge) {
    return `${reason}.`;
  }
  if (reason.includes("file is missing")) {
    return "does not exist; check the path.";
  }
  if (
    reason.includes("unsupported image format") ||
    reason.includes("is empty") ||
    reason.includes("format is")
  ) {
    return `is not a supported image (${reason}); use a JPEG, PNG or WebP.`;
  }
  return `is damaged or truncated (${reason}); download or export the file again.`;
}
