import { decodeImage, type RgbImage } from "./image.js";
import { type SceneSettings, scene } from "./scenes/scene.js";

/** Where an image's pixels come from, in plain data, so that any thread can open them. */
export type PixelSource =
  | {
      readonly kind: "file";
      readonly file: string;
      readonly width: number;
      readonly height: number;
      /** The annotation file that says so. */
      readonly annotations: string;
    }
  | { readonly kind: "scene"; readonly index: number; readonly look: SceneSettings };

/** @throws Error naming the file that is missing, damaged, or of another size than its annotations say. */
export async function openPixels(source: PixelSource): Promise<RgbImage> {
  if (source.kind === "scene") return (await scene(source.index, source.look)).image;
  const { file, width, height, annotations } = source;
  // Boxes refer to the stored pixels, so these are not turned, and their size must be the one in the annotations.
  const image = await decodeImage(file, file, { orientation: "keep" });
  if (image.width !== width || image.height !== height) {
    throw new Error(
      `${file}: the image is ${image.width}×${image.height}, but ${annotations} says ${width}×${height}; ` +
        "its boxes would be off. Put the image that was annotated there, or mend the annotations.",
    );
  }
  return image;
}
