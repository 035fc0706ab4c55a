import { reasonAgainstSize } from "../../coco/imageLimits.js";
import { imageHeader } from "./imageHeader.js";

/** A decoded image, upright as its EXIF tag says. */
export interface OpenedImage {
  readonly name: string;
  /** No larger than canvases may be on any device; a photograph beyond that is reduced. */
  readonly bitmap: ImageBitmap;
  /** Of the photograph itself, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Safari refuses larger canvases on phones. */
const mostOfCanvas = 16_000_000;
/** A JPEG's size may come after thumbnails and profiles, but not later than this. */
const headerLength = 4 * 1024 * 1024;

/**
 * Decodes a file that a reader opened.
 *
 * @throws Error, a sentence that names the file and what to do: no JPEG, PNG or WebP; larger than `imageLimits`, which
 *   is found without decoding; damaged.
 */
export async function openImage(file: Blob, name: string): Promise<OpenedImage> {
  const header = imageHeader(new Uint8Array(await file.slice(0, headerLength).arrayBuffer()));
  if (header === null) {
    throw new Error(`${name} is not an image that can be opened here. Open a JPEG, PNG or WebP.`);
  }
  const tooLarge = reasonAgainstSize(header.width, header.height);
  if (tooLarge !== undefined) throw new Error(`${name} ${tooLarge}.`);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new Error(
      `${name} begins like a ${header.format}, but cannot be decoded: it is cut short or damaged. Save it again with the program that made it.`,
    );
  }
  const { width, height } = bitmap;
  return { name, bitmap: await reduced(bitmap), width, height };
}

async function reduced(bitmap: ImageBitmap): Promise<ImageBitmap> {
  const scale = Math.sqrt(mostOfCanvas / (bitmap.width * bitmap.height));
  if (scale >= 1) return bitmap;
  const smaller = await createImageBitmap(bitmap, {
    resizeWidth: Math.floor(bitmap.width * scale),
    resizeHeight: Math.floor(bitmap.height * scale),
    resizeQuality: "high",
  });
  bitmap.close();
  return smaller;
}
