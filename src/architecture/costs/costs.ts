import type { Layer } from "../layers/layer.js";
import { channelsOf, sizeOf, tensorsOfLayer, weightsName } from "../layers/tensors.js";
import { multiplyAddsOf } from "./multiplyAdds.js";

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

export const free: Costs = { parameters: { trainable: 0, total: 0 }, multiplyAdds: 0 };

/** What a whole network costs. */
export function costsOf(layers: readonly Layer[]): Costs {
  return sumOfCosts(costsByLayer(layers).values());
}

/** What each layer costs, by its name. Tensors shared by levels count at the first layer that uses them. */
export function costsByLayer(layers: readonly Layer[]): Map<string, Costs> {
  const channels = channelsOf(layers);
  const counted = new Set<string>();
  return new Map(
    layers.map((layer) => {
      const inputs = channels.get(layer.inputs[0] ?? "") ?? 0;
      const tensors = counted.has(weightsName(layer)) ? [] : tensorsOfLayer(layer, inputs);
      counted.add(weightsName(layer));
      const sizes = (specs: typeof tensors): number =>
        specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
      const parameters = {
        trainable: sizes(tensors.filter(({ trainable }) => trainable)),
        total: sizes(tensors),
      };
      return [layer.name, { parameters, multiplyAdds: multiplyAddsOf(layer, inputs) }];
    }),
  );
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
