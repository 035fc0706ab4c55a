import { checkRules } from "../model/checkRules.js";
import type { Model } from "../model/model.js";
import { addBackbone } from "./backbone.js";
import { addClassifierHead } from "./classifierHead.js";
import { addFeaturePyramid } from "./featurePyramid.js";
import type { Layer, Output } from "./layer.js";
import { LayerBuilder } from "./layerBuilder.js";
import { addRetinaNetHead } from "./retinaNetHead.js";

/** A network: its layers in an order in which they can be computed, and which of them are its results. */
export interface Graph {
  readonly layers: readonly Layer[];
  readonly outputs: readonly Output[];
}

/**
 * Turns a model into its layers and outputs. Layers that reach no output are left out, as a functional Keras model
 * prunes them.
 *
 * @throws Error as {@link checkRules} does, if the model breaks a rule.
 */
export function graphOf(model: Model): Graph {
  checkRules(model);
  const list = new LayerBuilder(model);
  const backbone = addBackbone(list);
  const pyramid =
    model.decoder.kind === "fpn" ? addFeaturePyramid(list, backbone, model.decoder.width) : backbone;
  const outputs =
    model.head.kind === "retinanet"
      ? addRetinaNetHead(list, pyramid, model.head)
      : addClassifierHead(list, pyramid);
  return { layers: reaching(list.layers, outputs), outputs };
}

/** The flat, ordered list of a model's layers: what costs, networks, checkpoints and drawings all read. */
export function layersOf(model: Model): readonly Layer[] {
  return graphOf(model).layers;
}

function reaching(layers: readonly Layer[], outputs: readonly Output[]): Layer[] {
  const needed = new Set(outputs.map(({ layer }) => layer));
  for (let index = layers.length - 1; index >= 0; index--) {
    const { name, inputs } = layers[index]!;
    if (needed.has(name)) for (const input of inputs) needed.add(input);
  }
  return layers.filter(({ name }) => needed.has(name));
}
