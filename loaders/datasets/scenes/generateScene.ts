import type { CocoBox } from "../../../src/coco/types.js";
import type { RgbImage } from "../image.js";
import { paintBackground } from "./background.js";
import { layoutOf, type PlacedObject } from "./layout.js";
import { loadSprites } from "./loadSprites.js";
import { paintObject } from "./paintObject.js";
import { type Randomness, randomnessOf } from "./randomness.js";
import { sceneClasses } from "./sceneClasses.js";

export interface SceneSettings {
  /** A whole number; each gives different scenes. */
  readonly seed: number;
  /** Side of the square scene, in pixels. */
  readonly size: number;
  /** Names of the classes to draw from, of {@link sceneClasses}. */
  readonly classes: readonly string[];
  /** A scene has from one object to this many. */
  readonly maxObjects: number;
}

export const defaultSceneSettings: SceneSettings = {
  seed: 0,
  size: 320,
  classes: sceneClasses.map(({ name }) => name),
  maxObjects: 8,
};

interface SceneAnnotation {
  /** 1 for the first of {@link sceneClasses}, whichever classes are used. */
  readonly categoryId: number;
  /** Around the visible pixels, as in COCO. */
  readonly bbox: CocoBox;
  /** Their number. */
  readonly area: number;
}

export interface Scene {
  readonly image: RgbImage;
  readonly annotations: readonly SceneAnnotation[];
}

/**
 * The generated scene with this index: the same pixels and boxes on every machine, whatever was made before.
 *
 * @throws Error if a class is unknown or a setting is out of range
 */
export async function generateScene(
  index: number,
  settings: SceneSettings = defaultSceneSettings,
): Promise<Scene> {
  const { objects, random } = await laidOut(index, settings);
  const { size } = settings;
  const canvas = new Float32Array(size * size * 3);
  paintBackground(random, canvas, size);
  for (const { placement } of objects) paintObject(placement, canvas, size);
  const data = new Uint8Array(canvas.length);
  for (let i = 0; i < data.length; i++) data[i] = Math.min(Math.max(Math.round(canvas[i]!), 0), 255);
  return { image: { width: size, height: size, data }, annotations: objects.map(annotationOf) };
}

/** Only the annotations of {@link scene}, without painting it: several times faster. */
export async function sceneAnnotations(
  index: number,
  settings: SceneSettings = defaultSceneSettings,
): Promise<SceneAnnotation[]> {
  const { objects } = await laidOut(index, settings);
  return objects.map(annotationOf);
}

async function laidOut(
  index: number,
  { seed, size, classes, maxObjects }: SceneSettings,
): Promise<{ objects: PlacedObject[]; random: Randomness }> {
  if (!Number.isInteger(size) || size < 32 || size > 4096) {
    throw new Error(`A scene's size must be a whole number from 32 to 4096 pixels, not ${size}.`);
  }
  if (!Number.isInteger(maxObjects) || maxObjects < 1 || maxObjects > 100) {
    throw new Error(`A scene's maxObjects must be a whole number from 1 to 100, not ${maxObjects}.`);
  }
  if (classes.length === 0) {
    throw new Error("A scene needs at least one class to draw from.");
  }
  const random = randomnessOf(seed, index);
  const indices = classes.map(classIndexOf);
  const objects = layoutOf(random, await loadSprites(), { size, classes: indices, maxObjects });
  return { objects, random };
}

function classIndexOf(name: string): number {
  const index = sceneClasses.findIndex((entry) => entry.name === name);
  if (index < 0) {
    const names = sceneClasses.map((entry) => entry.name).join(", ");
    throw new Error(`Generated scenes have no class "${name}"; their classes are ${names}.`);
  }
  return index;
}

function annotationOf(object: PlacedObject): SceneAnnotation {
  return { categoryId: object.class + 1, bbox: object.box, area: object.area };
}
