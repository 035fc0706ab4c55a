import type { CocoBox } from "../../coco/types.js";
import { photographSize } from "../evaluate/averagePrecision/example.js";

/** Something in the harbour's photograph. */
interface PicturedObject {
  /** With its article, as sentences name it. */
  readonly name: string;
  /** In pixels of the photograph. */
  readonly bbox: CocoBox;
}

/** People and boats of the photograph, the largest first; boxes are placed by eye, hulls without their masts. */
export const harbourObjects: readonly PicturedObject[] = [
  { name: "the covered boat in front", bbox: [0, 292, 686, 157] },
  { name: "the covered boat at the right", bbox: [605, 314, 349, 172] },
  { name: "the ship", bbox: [368, 105, 315, 145] },
  { name: "the hooded person", bbox: [682, 336, 64, 152] },
  { name: "the skiff", bbox: [272, 203, 125, 38] },
  { name: "the boatman", bbox: [311, 320, 81, 60] },
  { name: "the boatman’s face", bbox: [339, 320, 23, 32] },
  { name: "the hooded person’s face", bbox: [730, 344, 15, 19] },
  { name: "the hooded person’s hand", bbox: [681, 418, 14, 20] },
];

/** Where both networks are looked at: the middle of the boatman's face. In pixels of the photograph. */
export const harbourPoint = { x: 350.5, y: 336 } as const;

/**
 * Pixels of a network's input for one of the photograph, which is made as wide as the input; below it the input is
 * padded (paper, section 5.1).
 */
export function inputScale(inputWidth: number): number {
  return inputWidth / photographSize.width;
}

/** Whether an object is smaller than one cell: neither its width nor its height is as long as a cell's side. */
export function isSmallerThanCell({ bbox }: PicturedObject, stride: number, inputWidth: number): boolean {
  const [, , width, height] = bbox;
  return Math.max(width, height) * inputScale(inputWidth) < stride;
}
