import type { Boxes } from "./boxes.js";

/** Heights and widths are decoded to at most 1000/16 = 62.5 times the anchor's. */
export const largestLogRatio = Math.log(1000 / 16);

export interface DecodeOptions {
  /**
   * The TF1 decoder's pixel convention: a box from 0 to 7 is 8 pixels wide. Only its decoder has it, not its
   * encoder, so the released TF1 checkpoints carry the difference in their weights.
   */
  readonly plusOne?: boolean;
}

/**
 * Codes `(ty, tx, th, tw)` of boxes against the anchors of the same index, N × 4 each: the shift of the centre
 * in anchor heights and widths, and the logarithm of the ratio of the sides (Faster R-CNN, without variances).
 * Boxes and anchors must have an area.
 */
export function encodeBoxes(boxes: Boxes, anchors: Boxes): Float32Array {
  const codes = new Float32Array(boxes.length);
  for (let i = 0; i < boxes.length; i += 4) {
    const anchorHeight = anchors[i + 2]! - anchors[i]!;
    const anchorWidth = anchors[i + 3]! - anchors[i + 1]!;
    const height = boxes[i + 2]! - boxes[i]!;
    const width = boxes[i + 3]! - boxes[i + 1]!;
    codes[i] = (boxes[i]! + height / 2 - anchors[i]! - anchorHeight / 2) / anchorHeight;
    codes[i + 1] = (boxes[i + 1]! + width / 2 - anchors[i + 1]! - anchorWidth / 2) / anchorWidth;
    codes[i + 2] = Math.log(height / anchorHeight);
    codes[i + 3] = Math.log(width / anchorWidth);
  }
  return codes;
}

/** Decodes the one code that starts at `offset` into `boxes` at `boxOffset`: the inverse of {@link encodeBoxes}. */
export function decodeBox(
  codes: Float32Array,
  anchors: Boxes,
  offset: number,
  boxes: Boxes,
  boxOffset: number,
  { plusOne = false }: DecodeOptions = {},
): void {
  const extra = plusOne ? 1 : 0;
  const anchorHeight = anchors[offset + 2]! - anchors[offset]! + extra;
  const anchorWidth = anchors[offset + 3]! - anchors[offset + 1]! + extra;
  const height = anchorHeight * Math.exp(Math.min(codes[offset + 2]!, largestLogRatio));
  const width = anchorWidth * Math.exp(Math.min(codes[offset + 3]!, largestLogRatio));
  const ymin = anchors[offset]! + anchorHeight / 2 + codes[offset]! * anchorHeight - height / 2;
  const xmin = anchors[offset + 1]! + anchorWidth / 2 + codes[offset + 1]! * anchorWidth - width / 2;
  boxes[boxOffset] = ymin;
  boxes[boxOffset + 1] = xmin;
  boxes[boxOffset + 2] = ymin + height - extra;
  boxes[boxOffset + 3] = xmin + width - extra;
}
