import { createHash } from "node:crypto";
import type { CocoAnnotation, CocoCategory, CocoImage } from "../../../src/coco/types.js";
import type { DetectionDataset } from "../dataset.js";
import { openPixels, type PixelSource } from "../pixelSource.js";
import { defaultSceneSettings, type SceneSettings, sceneAnnotations } from "./generateScene.js";
import { sceneClasses } from "./sceneClasses.js";

type SceneSplit = "train" | "val";

interface GeneratedDatasetSettings extends SceneSettings {
  readonly split: SceneSplit;
  /** Number of scenes. */
  readonly count: number;
}

/** Each split has its own range of scene indices, so splits share no scene. */
const firstIndexOf: Record<SceneSplit, number> = { train: 0, val: 1_000_000 };
const largestCount = 1_000_000;
/** Part of the hash; increase it whenever the scenes' appearance changes. */
const generation = 1;

/**
 * Generated scenes as a data set without files: images are painted when they are opened. Its `hash` is the sha256 of the
 * settings and the annotations.
 *
 * @throws Error if a setting is out of range or a class is unknown
 */
export async function generateDataset(
  settings: Partial<GeneratedDatasetSettings> = {},
): Promise<DetectionDataset> {
  const { split, count, ...look } = {
    split: "train",
    count: 500,
    ...defaultSceneSettings,
    ...settings,
  } as const;
  if (!Number.isInteger(count) || count < 1 || count > largestCount) {
    throw new Error(`A split of generated scenes has 1 to ${largestCount} of them, not ${count}.`);
  }
  const categories: CocoCategory[] = sceneClasses
    .map(({ name }, i) => ({ id: i + 1, name }))
    .filter(({ name }) => look.classes.includes(name));
  const cocoImages: CocoImage[] = [];
  const annotations: CocoAnnotation[] = [];
  const images: DetectionDataset["images"][number][] = [];
  for (let i = 0; i < count; i++) {
    const id = i + 1;
    const fileName = `${String(id).padStart(6, "0")}.png`;
    const own = (await sceneAnnotations(firstIndexOf[split] + i, look)).map(
      ({ categoryId, bbox, area }, j): CocoAnnotation => ({
        id: annotations.length + j + 1,
        image_id: id,
        category_id: categoryId,
        bbox,
        area,
        iscrowd: 0,
      }),
    );
    annotations.push(...own);
    const source: PixelSource = { kind: "scene", index: firstIndexOf[split] + i, look };
    cocoImages.push({ id, file_name: fileName, width: look.size, height: look.size });
    images.push({
      id,
      fileName,
      width: look.size,
      height: look.size,
      annotations: own,
      source,
      open: () => openPixels(source),
    });
  }
  const coco = { images: cocoImages, annotations, categories };
  const hash = createHash("sha256")
    .update(JSON.stringify({ generation, ...look, split, count, coco }))
    .digest("hex");
  return { name: "scenes", split, hash, categories, images, coco };
}
