/** N boxes of four values each, `[ymin, xmin, ymax, xmax]`. */
export type Boxes = Float32Array;

/** Area of the box that starts at `offset`; zero when it is empty or turned inside out. */
export function areaOf(boxes: Boxes, offset: number): number {
  const height = boxes[offset + 2]! - boxes[offset]!;
  const width = boxes[offset + 3]! - boxes[offset + 1]!;
  return height > 0 && width > 0 ? height * width : 0;
}

/** Area that the box at `offset` of `boxes` shares with the box at `otherOffset` of `others`. */
export function intersectionOf(boxes: Boxes, offset: number, others: Boxes, otherOffset: number): number {
  const height =
    Math.min(boxes[offset + 2]!, others[otherOffset + 2]!) - Math.max(boxes[offset]!, others[otherOffset]!);
  if (!(height > 0)) return 0;
  const width =
    Math.min(boxes[offset + 3]!, others[otherOffset + 3]!) -
    Math.max(boxes[offset + 1]!, others[otherOffset + 1]!);
  return width > 0 ? height * width : 0;
}

/** Intersection over union of two boxes; zero when both are empty. */
export function iouOf(boxes: Boxes, offset: number, others: Boxes, otherOffset: number): number {
  const intersection = intersectionOf(boxes, offset, others, otherOffset);
  if (intersection === 0) return 0;
  return intersection / (areaOf(boxes, offset) + areaOf(others, otherOffset) - intersection);
}
