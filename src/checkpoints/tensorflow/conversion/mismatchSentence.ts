import { weightsName } from "../../../architecture/layers/tensors.js";
import type { Model } from "../../../architecture/model/model.js";
import type { PlacedLayer } from "../names/placedVariables.js";
import type { Mismatch, Pairing } from "./pairing.js";

/** How a checkpoint's layers differ from a model's, naming both sides at the first difference. */
export function mismatchSentence({ name }: Model, { mismatches }: Pairing): string {
  const [first, ...others] = mismatches;
  const more = others.length === 0 ? "" : `, and so on in ${others.length} more places`;
  return `${name} has ${ours(first!)}, the checkpoint ${theirs(first!)}${more}.`;
}

function ours({ layers }: Mismatch): string {
  const [layer] = layers;
  return layer ? counted(layers.length, `"${weightsName(layer)}"`) : "no layer";
}

function theirs({ placed }: Mismatch): string {
  const [layer] = placed;
  return layer ? counted(placed.length, `"${variableName(layer)}"`) : "none for it";
}

function counted(count: number, first: string): string {
  return count === 1 ? first : `${first} and the next ${count - 1} like it`;
}

function variableName(layer: PlacedLayer): string {
  const [variable] = layer.values();
  return variable!.name;
}
