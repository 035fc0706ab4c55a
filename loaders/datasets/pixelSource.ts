import { decodeImage, type RgbImage } from "./image.js";
import { generateScene, type SceneSettings } from "./scenes/generateScene.js";

/** Where an image's pixels come from, as plain data that can be sent to any thread. */
export type PixelSource =
  | {
      readonly kind: "file";
      readonly file: string;
      readonly width: number;
      readonly height: number;
      /** The annotation file that these sizes are from. */
      readonly annotations: string;
    }
  | { readonly kind: "scene"; readonly index: number; readonly look: SceneSettings };

/** @throws Error naming a file that is missing, damaged, or not of the annotated size */
export async function openPixels(source: PixelSource): Promise<RgbImage> {
  if (source.kind === "scene") return (await generateScene(source.index, source.look)).image;
  const { file, width, height, annotations } = source;
  // Boxes refer to the stored pixels, so they are not rotated, and their size must be that of the annotations.
  const image = await decodeImage(file, file, { orientation: "keep" });
  if (image.width !== width || image.height !== height) {
    throw new Error(
      `${file}: the image is ${image.width}×${image.height}, but ${annotations} says ${width}×${height}; ` +
        "its boxes would be wrong. Replace it with the annotated image, or correct the annotations.",
    );
  }
  return image;
}
