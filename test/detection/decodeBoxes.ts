import { type DecodeOptions, decodeBox } from "../../src/detection/boxCoder.js";
import type { Boxes } from "../../src/detection/boxes.js";

/** Boxes of codes against the anchors of the same index, N × 4 each; the inverse of `encodeBoxes`. */
export function decodeBoxes(codes: Float32Array, anchors: Boxes, options: DecodeOptions = {}): Float32Array {
  const boxes = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i += 4) decodeBox(codes, anchors, i, boxes, i, options);
  return boxes;
}
