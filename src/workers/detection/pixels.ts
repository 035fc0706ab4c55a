import type { PixelImage } from "../../detection/letterbox.js";

/** The pixels of an image, with transparent parts on black, as when Node decodes it. Closes the image. */
export function pixelsOf(image: ImageBitmap): PixelImage {
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error(`This browser cannot hold an image of ${width} × ${height} pixels.`);
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0);
  image.close();
  return { width, height, channels: 4, data: context.getImageData(0, 0, width, height).data };
}
