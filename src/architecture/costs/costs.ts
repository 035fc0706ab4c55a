import type { Layer } from "../layers/layer.js";
import { sizeOf, tensorsOf, weightsName } from "../layers/tensors.js";

export interface Costs {
  readonly parameters: {
    /** Kernels, biases, gammas and betas: what papers call parameters. */
    readonly trainable: number;
    /** With batch norm's moving statistics. */
    readonly total: number;
  };
  /** Of one image, convolutions and linear layers only: the paper's "FLOPs" (caption of table 2). */
  readonly multiplyAdds: number;
}

/** What a whole network costs. */
export function costsOf(layers: readonly Layer[]): Costs {
  const specs = tensorsOf(layers);
  const count = (trainableOnly: boolean): number =>
    specs.reduce((sum, { shape, trainable }) => sum + (trainableOnly && !trainable ? 0 : sizeOf(shape)), 0);
  const channels = channelsByLayer(layers);
  return {
    parameters: { trainable: count(true), total: count(false) },
    multiplyAdds: layers.reduce((sum, layer) => sum + multiplyAddsOf(layer, channels), 0),
  };
}

/** What each part of a network costs, by `layer.block`. Tensors shared by levels count once. */
export function costsByBlock(layers: readonly Layer[]): Map<string, Costs> {
  return costsBy(layers, ({ block }) => block);
}

/** What each layer costs, by its name. Tensors shared by levels count at the first layer that uses them. */
export function costsByLayer(layers: readonly Layer[]): Map<string, Costs> {
  return costsBy(layers, ({ name }) => name);
}

/** What several parts cost together, if no tensor is counted at two of them. */
export function sumOfCosts(parts: Iterable<Costs>): Costs {
  let [trainable, total, multiplyAdds] = [0, 0, 0];
  for (const part of parts) {
    trainable += part.parameters.trainable;
    total += part.parameters.total;
    multiplyAdds += part.multiplyAdds;
  }
  return { parameters: { trainable, total }, multiplyAdds };
}

function costsBy(layers: readonly Layer[], keyOf: (layer: Layer) => string): Map<string, Costs> {
  const channels = channelsByLayer(layers);
  const specs = new Map<string, { trainable: number; total: number }>();
  for (const { name, shape, trainable } of tensorsOf(layers)) {
    const owner = name.slice(0, name.lastIndexOf("/"));
    const size = sizeOf(shape);
    const before = specs.get(owner) ?? { trainable: 0, total: 0 };
    specs.set(owner, { trainable: before.trainable + (trainable ? size : 0), total: before.total + size });
  }
  const costs = new Map<string, Costs>();
  for (const layer of layers) {
    const owner = weightsName(layer);
    const own = specs.get(owner) ?? { trainable: 0, total: 0 };
    specs.delete(owner);
    const key = keyOf(layer);
    const before = costs.get(key);
    costs.set(key, {
      parameters: {
        trainable: (before?.parameters.trainable ?? 0) + own.trainable,
        total: (before?.parameters.total ?? 0) + own.total,
      },
      multiplyAdds: (before?.multiplyAdds ?? 0) + multiplyAddsOf(layer, channels),
    });
  }
  return costs;
}

function channelsByLayer(layers: readonly Layer[]): Map<string, number> {
  return new Map(layers.map(({ name, shape }) => [name, shape.at(-1)!]));
}

function multiplyAddsOf(layer: Layer, channels: ReadonlyMap<string, number>): number {
  const inputs = channels.get(layer.inputs[0] ?? "") ?? 0;
  switch (layer.op) {
    case "conv":
      return sizeOf(layer.shape) * layer.attributes.kernelSize ** 2 * inputs;
    case "depthwiseConv":
      return sizeOf(layer.shape) * layer.attributes.kernelSize ** 2;
    case "dense":
      return inputs * layer.attributes.units;
    default:
      return 0;
  }
}
