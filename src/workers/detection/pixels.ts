import type { PixelImage } from "../../detection/letterbox.js";

/** The pixels of an image; what is transparent lies on black, as where Node decodes one. Closes the image. */
export function pixelsOf(image: ImageBitmap): PixelImage {
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error(`This browser cannot hold an image of ${width} × ${height} pixels.`);
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0);
  image.close();
  return { width, height, channels: 4, data: context.getImageData(0, 0, width, height).data };
}
