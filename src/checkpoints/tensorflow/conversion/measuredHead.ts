import type { Role } from "../names/place.js";
import { depthwiseEnd } from "../names/place.js";
import type { PlacedLayer } from "../names/placedVariables.js";

/** A head by its variables' names and shapes. */
export type MeasuredHead =
  | {
      readonly kind: "retinanet";
      readonly convolutions: number;
      readonly width: number;
      readonly separable: boolean;
      readonly anchorsPerCell: number;
      readonly classes: number;
    }
  | { readonly kind: "classifier"; readonly classes: number };

/** Of a box's code. */
const boxValues = 4;

/** Null where there is none, or where the two branches contradict each other. */
export function measuredHead(placed: ReadonlyMap<string, readonly PlacedLayer[]>): MeasuredHead | null {
  const shape = (group: string, role: Role = "kernel") => placed.get(group)?.[0]?.get(role)?.tensor.shape;
  const logits = shape("head/logits")?.at(-1);
  const [scores, boxes] = [shape("head/class/predict"), shape("head/box/predict")];
  if (scores === undefined || boxes === undefined) {
    return logits === undefined ? null : { kind: "classifier", classes: logits };
  }
  const anchorsPerCell = boxes.at(-1)! / boxValues;
  const classes = scores.at(-1)! / anchorsPerCell;
  if (!Number.isInteger(anchorsPerCell) || !Number.isInteger(classes) || classes < 1) return null;
  return {
    kind: "retinanet",
    convolutions: [...placed.keys()].filter((group) => /^head\/class\/\d+$/.test(group)).length,
    width: shape("head/class/0")?.at(-1) ?? scores.at(-2)!,
    separable: placed.has(`head/class/predict${depthwiseEnd}`),
    anchorsPerCell,
    classes,
  };
}
