import type { Layer } from "../layers/layer.js";
import { layersOf } from "../layers/layersOf.js";
import type { Model } from "../model/model.js";
import type { Connection, ResamplingStep } from "./connections.js";
import { type Costs, costsByLayer, sumOfCosts } from "./costs.js";

type MapShape = readonly [height: number, width: number, channels: number];

/** One step of a connection, with the batch norm that follows a convolution counted as part of it. */
export interface EdgeStep extends Costs {
  readonly op: ResamplingStep["op"];
  /** Side of the window; absent where pixels are only repeated. */
  readonly window?: number;
  readonly stride?: number;
  readonly input: MapShape;
  readonly output: MapShape;
  readonly norm: boolean;
  readonly activation: boolean;
}

/**
 * What a connection does, step by step (paper, section 3.2 and figure 5). The steps' costs sum to the connection's.
 * Empty for a connection that passes a map as it is, and for one that reaches no output.
 *
 * @param connection one of those that `descriptionOf` gives for the model
 * @throws Error if the model has no such connection, or breaks a rule.
 */
export function edgeStepsOf(model: Model, { from, to, kind }: Connection): EdgeStep[] {
  if (kind === "direct" || kind === "dangling") return [];
  const block = model.backbone.blocks[to - model.backbone.stem.length];
  const edge = block?.parents.indexOf(from) ?? -1;
  if (edge < 0) throw new Error(`block ${to} does not read block ${from}; name a connection that is there`);
  const layers = layersOf(model);
  const costs = costsByLayer(layers);
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const prefix = `block${to}/parent${edge}/`;
  const steps: EdgeStep[] = [];
  for (const layer of layers) {
    if (!layer.name.startsWith(prefix)) continue;
    const { op, name } = layer;
    const own = costs.get(name)!;
    const [height, width, channels] = layer.shape;
    if (width === undefined || channels === undefined) continue;
    if (op === "batchNorm" || op === "activation") {
      const before = steps.pop()!;
      const marks = op === "batchNorm" ? { norm: true } : { activation: true };
      steps.push({ ...before, ...sumOfCosts([before, own]), ...marks });
      continue;
    }
    const [rows, columns, inputs] = byName.get(layer.inputs[0]!)!.shape;
    if (columns === undefined || inputs === undefined) continue;
    const operation = operationOf(layer);
    if (operation === null) continue;
    steps.push({
      ...operation,
      input: [rows, columns, inputs],
      output: [height, width, channels],
      norm: false,
      activation: false,
      ...own,
    });
  }
  return steps;
}

function operationOf(layer: Layer): Pick<EdgeStep, "op" | "window" | "stride"> | null {
  switch (layer.op) {
    case "conv":
    case "depthwiseConv":
      return { op: layer.op, window: layer.attributes.kernelSize, stride: layer.attributes.stride };
    case "maxPool":
      return { op: layer.op, window: layer.attributes.size, stride: layer.attributes.stride };
    case "resizeNearest":
      return { op: layer.op };
    default:
      return null;
  }
}
