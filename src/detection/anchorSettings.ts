import type { Graph } from "../architecture/layers/layersOf.js";
import type { Model } from "../architecture/model/model.js";
import type { AnchorSettings } from "./anchors.js";

/**
 * The anchors that a detector's outputs are laid out by: its head's, on the levels of its outputs.
 *
 * @throws Error if the model has no RetinaNet head.
 */
export function anchorSettingsOf({ head, name }: Model, { outputs }: Graph): AnchorSettings {
  if (head.kind !== "retinanet") throw new Error(`${name} has a ${head.kind} head, which finds no boxes.`);
  const levels = outputs.flatMap(({ kind, level }) => (kind === "box" && level !== undefined ? [level] : []));
  return { ...head.anchors, levels };
}
