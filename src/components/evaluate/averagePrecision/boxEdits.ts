import type { CocoBox } from "../../../coco/types.js";
import {
  type Example,
  type ExampleDetection,
  type ExampleObject,
  imageSize,
  mostDetections,
  mostObjects,
  type ObjectMark,
} from "./example.js";

/** One box of an example: its kind, and its index among those. */
export interface BoxRef {
  readonly kind: "object" | "detection";
  readonly index: number;
}

export type Corner = "nw" | "ne" | "sw" | "se";

/** Smaller boxes could not be grabbed again. */
export const smallestSide = 4;

export function boxOf(example: Example, { kind, index }: BoxRef): ExampleObject | ExampleDetection {
  return kind === "object" ? example.objects[index]! : example.detections[index]!;
}

/** Whole pixels within the image, no side below {@link smallestSide}; a box that sticks out is moved inside. */
export function fitted([x, y, width, height]: CocoBox): CocoBox {
  const side = (length: number, most: number) => Math.min(Math.max(Math.round(length), smallestSide), most);
  const start = (from: number, length: number, most: number) =>
    Math.min(Math.max(Math.round(from), 0), most - length);
  const across = side(width, imageSize.width);
  const down = side(height, imageSize.height);
  return [start(x, across, imageSize.width), start(y, down, imageSize.height), across, down];
}

/** The box with one corner moved; it stops at the image's border and before the opposite corner. */
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

export function withBox(example: Example, ref: BoxRef, bbox: CocoBox): Example {
  return changed(example, ref, { bbox });
}

export function withCategory(example: Example, ref: BoxRef, category: number): Example {
  return changed(example, ref, { category });
}

/** @param score is rounded to a hundredth from 0 to 1 */
export function withScore(example: Example, index: number, score: number): Example {
  const rounded = Math.min(Math.max(Math.round(score * 100), 0), 100) / 100;
  return {
    ...example,
    detections: example.detections.map((entry, i) => (i === index ? { ...entry, score: rounded } : entry)),
  };
}

export function withMark(example: Example, index: number, mark: ObjectMark): Example {
  return {
    ...example,
    objects: example.objects.map((object, i) => (i === index ? { ...object, mark } : object)),
  };
}

export function withDetection(example: Example, detection: ExampleDetection): Example {
  return { ...example, detections: [...example.detections, { ...detection, bbox: fitted(detection.bbox) }] };
}

export function withObject(example: Example, object: ExampleObject): Example {
  return { ...example, objects: [...example.objects, { ...object, bbox: fitted(object.bbox) }] };
}

export function without(example: Example, { kind, index }: BoxRef): Example {
  const others = <Entry>(entries: readonly Entry[]) => entries.filter((_, i) => i !== index);
  return kind === "object"
    ? { ...example, objects: others(example.objects) }
    : { ...example, detections: others(example.detections) };
}

/** Whether the example has as many boxes of a kind as it can hold. */
export function isFull({ objects, detections }: Example, kind: BoxRef["kind"], category: number): boolean {
  return kind === "detection"
    ? detections.length >= mostDetections
    : objects.filter((object) => object.category === category).length >= mostObjects;
}

function changed(
  example: Example,
  { kind, index }: BoxRef,
  change: { readonly bbox?: CocoBox; readonly category?: number },
): Example {
  const apply = <Entry>(entries: readonly Entry[]) =>
    entries.map((entry, i) => (i === index ? { ...entry, ...change } : entry));
  return kind === "object"
    ? { ...example, objects: apply(example.objects) }
    : { ...example, detections: apply(example.detections) };
}
