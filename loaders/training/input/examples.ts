import { range, shuffler } from "d3";
import { type ImageTargets, targetsOf } from "../../../src/detection/imageTargets.js";
import type { MatchSettings } from "../../../src/detection/matcher.js";
import { randomStream } from "../../../src/network/random.js";
import type { DatasetImage, DetectionDataset } from "../../datasets/dataset.js";
import type { RgbImage } from "../../datasets/image.js";
import { type AugmentationSettings, augmentBox, augmentImage, drawAugmentation } from "./augmentation.js";

export interface ExampleSettings {
  readonly anchors: Float32Array;
  readonly inputSize: readonly [number, number];
  readonly augmentation: AugmentationSettings;
  readonly matching: MatchSettings;
  /** Category id → class channel. */
  readonly channels: ReadonlyMap<number, number>;
  readonly seed: number;
}

/** One image as training input. */
export interface Example {
  /** Height × width × 3, normalised. */
  readonly pixels: Float32Array;
  readonly targets: ImageTargets;
}

/** A box is dropped if less than this share of it remains after a crop: often nothing of the object is left in it. */
const leastVisible = 0.25;

/** Augments one image, with random draws that depend on its position in the run, and matches its boxes to anchors. */
export function exampleOf(
  image: DatasetImage,
  pixels: RgbImage,
  position: number,
  settings: ExampleSettings,
): Example {
  const { inputSize, augmentation, channels, anchors, matching, seed } = settings;
  const drawn = drawAugmentation(augmentation, pixels, inputSize, randomStream(seed, "augment", position));
  const boxes: number[] = [];
  const classes: number[] = [];
  const crowds: number[] = [];
  for (const { bbox, category_id, iscrowd, ignore } of image.annotations) {
    const placed = augmentBox(bbox, pixels.width, drawn);
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
    pixels: augmentImage(pixels, drawn, inputSize),
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

/** The image at each position of a run: the seed shuffles every epoch differently. */
export function imageOrder({ images }: DetectionDataset, seed: number): (position: number) => number {
  let epoch = -1;
  let order: number[] = [];
  return (position) => {
    const wanted = Math.floor(position / images.length);
    if (wanted !== epoch) {
      epoch = wanted;
      order = shuffler(randomStream(seed, "order", epoch))(range(images.length));
    }
    return order[position % images.length]!;
  };
}
