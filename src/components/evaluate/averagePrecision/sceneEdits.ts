import type { CocoBox } from "../../../coco/types.js";
import {
  imageSize,
  mostDetections,
  mostObjects,
  type ObjectMark,
  type Scene,
  type SceneDetection,
  type SceneObject,
} from "./scene.js";

/** One box of a scene: its kind, and its index among those. */
export interface BoxRef {
  readonly kind: "object" | "detection";
  readonly index: number;
}

export type Corner = "nw" | "ne" | "sw" | "se";

/** Smaller boxes could not be caught hold of again. */
export const smallestSide = 4;

export function boxOf(scene: Scene, { kind, index }: BoxRef): SceneObject | SceneDetection {
  return kind === "object" ? scene.objects[index]! : scene.detections[index]!;
}

/** Whole pixels within the image, no side below {@link smallestSide}; a box that sticks out is pushed back. */
export function fitted([x, y, width, height]: CocoBox): CocoBox {
  const side = (length: number, most: number) => Math.min(Math.max(Math.round(length), smallestSide), most);
  const start = (from: number, length: number, most: number) =>
    Math.min(Math.max(Math.round(from), 0), most - length);
  const across = side(width, imageSize.width);
  const down = side(height, imageSize.height);
  return [start(x, across, imageSize.width), start(y, down, imageSize.height), across, down];
}

/** The box with a corner moved; it stops at the image's border and before the corner opposite. */
export function withCorner(
  [x, y, width, height]: CocoBox,
  corner: Corner,
  across: number,
  down: number,
): CocoBox {
  const between = (value: number, least: number, most: number) =>
    Math.min(Math.max(Math.round(value), least), most);
  const right = x + width;
  const bottom = y + height;
  const [fromX, toX] = corner.endsWith("w")
    ? [between(x + across, 0, right - smallestSide), right]
    : [x, between(right + across, x + smallestSide, imageSize.width)];
  const [fromY, toY] = corner.startsWith("n")
    ? [between(y + down, 0, bottom - smallestSide), bottom]
    : [y, between(bottom + down, y + smallestSide, imageSize.height)];
  return [fromX, fromY, toX - fromX, toY - fromY];
}

export function withBox(scene: Scene, ref: BoxRef, bbox: CocoBox): Scene {
  return changed(scene, ref, { bbox });
}

export function withCategory(scene: Scene, ref: BoxRef, category: number): Scene {
  return changed(scene, ref, { category });
}

/** @param score is rounded to a hundredth from 0 to 1 */
export function withScore(scene: Scene, index: number, score: number): Scene {
  const rounded = Math.min(Math.max(Math.round(score * 100), 0), 100) / 100;
  return {
    ...scene,
    detections: scene.detections.map((entry, i) => (i === index ? { ...entry, score: rounded } : entry)),
  };
}

export function withMark(scene: Scene, index: number, mark: ObjectMark): Scene {
  return {
    ...scene,
    objects: scene.objects.map((object, i) => (i === index ? { ...object, mark } : object)),
  };
}

export function withDetection(scene: Scene, detection: SceneDetection): Scene {
  return { ...scene, detections: [...scene.detections, { ...detection, bbox: fitted(detection.bbox) }] };
}

export function withObject(scene: Scene, object: SceneObject): Scene {
  return { ...scene, objects: [...scene.objects, { ...object, bbox: fitted(object.bbox) }] };
}

export function without(scene: Scene, { kind, index }: BoxRef): Scene {
  const others = <Entry>(entries: readonly Entry[]) => entries.filter((_, i) => i !== index);
  return kind === "object"
    ? { ...scene, objects: others(scene.objects) }
    : { ...scene, detections: others(scene.detections) };
}

/** Whether the scene holds as many boxes of the kind as it may. */
export function isFull({ objects, detections }: Scene, kind: BoxRef["kind"], category: number): boolean {
  return kind === "detection"
    ? detections.length >= mostDetections
    : objects.filter((object) => object.category === category).length >= mostObjects;
}

function changed(
  scene: Scene,
  { kind, index }: BoxRef,
  change: { readonly bbox?: CocoBox; readonly category?: number },
): Scene {
  const apply = <Entry>(entries: readonly Entry[]) =>
    entries.map((entry, i) => (i === index ? { ...entry, ...change } : entry));
  return kind === "object"
    ? { ...scene, objects: apply(scene.objects) }
    : { ...scene, detections: apply(scene.detections) };
}
