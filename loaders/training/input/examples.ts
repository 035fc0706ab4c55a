import type { MatchSettings } from "../../../src/detection/matcher.js";
import { type ImageTargets, targetsOf } from "../../../src/detection/targets.js";
import { randomStream } from "../../../src/network/random.js";
import type { DatasetImage, DetectionDataset } from "../../datasets/dataset.js";
import type { RgbImage } from "../../datasets/image.js";
import { type AugmentationSettings, drawPlaced, placeBox, placementOf } from "./augmentation.js";

export interface ExampleSettings {
  readonly anchors: Float32Array;
  readonly inputSize: readonly [number, number];
  readonly augmentation: AugmentationSettings;
  readonly matching: MatchSettings;
  /** Category id → class channel. */
  readonly channels: ReadonlyMap<number, number>;
  readonly seed: number;
}

/** One image as a network learns from it. */
export interface Example {
  /** Height × width × 3, normalised. */
  readonly pixels: Float32Array;
  readonly targets: ImageTargets;
}

/** A box is dropped when a crop leaves less of it than this share: what is left often shows nothing of the object. */
const leastVisible = 0.25;

/** Augments one image by the stream of its position in the run, and matches its boxes. */
export function exampleOf(
  image: DatasetImage,
  pixels: RgbImage,
  position: number,
  settings: ExampleSettings,
): Example {
  const { inputSize, augmentation, channels, anchors, matching, seed } = settings;
  const placement = placementOf(augmentation, pixels, inputSize, randomStream(seed, "augment", position));
  const boxes: number[] = [];
  const classes: number[] = [];
  const crowds: number[] = [];
  for (const { bbox, category_id, iscrowd, ignore } of image.annotations) {
    const placed = placeBox(bbox, pixels.width, placement);
    const box = clipped(placed, inputSize);
    if (box === null) continue;
    if (iscrowd === 1 || ignore === 1) crowds.push(...box);
    else if (areaOf(box) >= leastVisible * areaOf(placed)) {
      boxes.push(...box);
      classes.push(channels.get(category_id)!);
    }
  }
  const targets = targetsOf(anchors, Float32Array.from(boxes), classes, Float32Array.from(crowds), matching);
  return {
    pixels: drawPlaced(pixels, placement, inputSize),
    targets: image.unlabelled
      ? { ...targets, unlabelled: image.unlabelled.map((category) => channels.get(category)!) }
      : targets,
  };
}

type Box = readonly [number, number, number, number];

function clipped([ymin, xmin, ymax, xmax]: Box, [height, width]: readonly [number, number]): Box | null {
  const box: Box = [Math.max(0, ymin), Math.max(0, xmin), Math.min(height, ymax), Math.min(width, xmax)];
  return box[2] - box[0] > 1 && box[3] - box[1] > 1 ? box : null;
}

function areaOf([ymin, xmin, ymax, xmax]: Box): number {
  return (ymax - ymin) * (xmax - xmin);
}

/**
 * Which image stands at a position of a run: every pass over the data is a shuffle of its own, from the seed.
 */
export function imageOrder({ images }: DetectionDataset, seed: number): (position: number) => number {
  let pass = -1;
  let order: number[] = [];
  return (position) => {
    const wanted = Math.floor(position / images.length);
    if (wanted !== pass) {
      pass = wanted;
      order = shuffled(images.length, randomStream(seed, "order", pass));
    }
    return order[position % images.length]!;
  };
}

function shuffled(length: number, random: () => number): number[] {
  const order = Array.from({ length }, (_, index) => index);
  for (let index = length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [order[index], order[other]] = [order[other]!, order[index]!];
  }
  return order;
}
