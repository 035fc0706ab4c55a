import type { CocoBox } from "../types.js";

/** Real files round boxes to the pixel grid, so they may exceed the image by this many pixels. */
const borderTolerance = 1;

/** Why a box cannot be evaluated, as a clause that starts with the field; undefined if it can. */
export function reasonAgainstMeasuring(bbox: CocoBox): string | undefined {
  return bbox[2] < 0 || bbox[3] < 0
    ? `bbox: ${spelled(bbox)} has a negative size; a box is [x, y, width, height], not two corners`
    : undefined;
}

/** Why a box is useless for training, as a clause that starts with the field; undefined if it is not. */
export function reasonAgainstTraining(bbox: CocoBox, image: ImageSize): string | undefined {
  const oddity = oddityOf(bbox, image);
  return hasArea(bbox) ? oddity : `${oddity}; width and height must be above 0`;
}

/** What is odd about a box that can be evaluated, as a clause that starts with the field; undefined if nothing is. */
export function oddityOf(bbox: CocoBox, image: ImageSize): string | undefined {
  if (!hasArea(bbox)) {
    return `bbox: ${spelled(bbox)} has no area`;
  }
  const [x, y, width, height] = bbox;
  const beyond = Math.max(-x, -y, x + width - image.width, y + height - image.height);
  if (beyond > borderTolerance) {
    return `bbox: ${spelled(bbox)} reaches beyond its image of ${image.width}x${image.height} pixels`;
  }
  return undefined;
}

interface ImageSize {
  readonly width: number;
  readonly height: number;
}

function hasArea([, , width, height]: CocoBox): boolean {
  return width > 0 && height > 0;
}

function spelled(bbox: CocoBox): string {
  return `[${bbox.join(", ")}]`;
}
