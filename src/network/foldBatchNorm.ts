import type { Layer } from "../architecture/layers/layer.js";
import type { Graph } from "../architecture/layers/layersOf.js";
import { weightsName } from "../architecture/layers/tensors.js";
import type { Values } from "./initialise.js";

type Convolution = Extract<Layer, { op: "conv" | "depthwiseConv" }>;
type BatchNorm = Extract<Layer, { op: "batchNorm" }>;

/**
 * Puts each batch norm's moving statistics into the convolution before it, so that inference has one operation
 * instead of two. A head's convolution that the levels share becomes one for each level, since their batch norms
 * differ. Batch norms that follow something else stay.
 *
 * @returns The smaller graph, and the values of its tensors under the folded layers' own names.
 */
export function foldBatchNorm(
  graph: Graph,
  values: Values,
): { graph: Graph; values: Map<string, Float32Array> } {
  const byName = new Map(graph.layers.map((layer) => [layer.name, layer]));
  const folds = foldsOf(graph, byName);
  const normOf = new Map(
    [...folds].map(([norm, convolution]) => [convolution, byName.get(norm) as BatchNorm]),
  );
  const folded = new Map<string, Float32Array>();
  const layers: Layer[] = [];
  for (const layer of graph.layers) {
    if (folds.has(layer.name)) continue;
    const inputs = layer.inputs.map((input) => folds.get(input) ?? input);
    const norm = normOf.get(layer.name);
    if (norm && (layer.op === "conv" || layer.op === "depthwiseConv")) {
      foldValues(layer, norm, values, folded);
      layers.push(withBias({ ...layer, inputs }));
    } else {
      copyValues(layer, values, folded);
      layers.push({ ...layer, inputs });
    }
  }
  const outputs = graph.outputs.map((output) => ({
    ...output,
    layer: folds.get(output.layer) ?? output.layer,
  }));
  return { graph: { layers, outputs }, values: folded };
}

/** Batch norms by name, with the convolution that each can go into: one that nothing else reads. */
function foldsOf(graph: Graph, byName: ReadonlyMap<string, Layer>): Map<string, string> {
  const readers = new Map<string, number>();
  for (const { inputs } of graph.layers) {
    for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  }
  for (const { layer } of graph.outputs) readers.set(layer, (readers.get(layer) ?? 0) + 1);
  const folds = new Map<string, string>();
  for (const { name, op, inputs } of graph.layers) {
    const before = byName.get(inputs[0] ?? "");
    const convolution = before?.op === "conv" || before?.op === "depthwiseConv";
    if (op === "batchNorm" && convolution && readers.get(before.name) === 1) folds.set(name, before.name);
  }
  return folds;
}

function withBias(layer: Convolution): Convolution {
  const { weights: _, ...own } = layer;
  // Split by op for the compiler: a spread loses which member of the union it was.
  return own.op === "conv"
    ? { ...own, attributes: { ...own.attributes, bias: true } }
    : { ...own, attributes: { ...own.attributes, bias: true } };
}

function foldValues(
  layer: Convolution,
  norm: BatchNorm,
  values: Values,
  folded: Map<string, Float32Array>,
): void {
  const source = weightsName(layer);
  const kernel = values.get(`${source}/kernel`)!;
  const bias = values.get(`${source}/bias`);
  const prefix = weightsName(norm);
  const [gamma, beta, mean, variance] = ["gamma", "beta", "mean", "variance"].map(
    (part) => values.get(`${prefix}/${part}`)!,
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const channels = gamma.length;
  const factor = gamma.map(
    (value, channel) => value / Math.sqrt(variance[channel]! + norm.attributes.epsilon),
  );
  // Output channels are innermost in HWIO; a depthwise kernel's are its input channels, innermost too at M = 1.
  folded.set(
    `${layer.name}/kernel`,
    kernel.map((value, index) => value * factor[index % channels]!),
  );
  folded.set(
    `${layer.name}/bias`,
    beta.map((value, channel) => value + ((bias?.[channel] ?? 0) - mean[channel]!) * factor[channel]!),
  );
}

function copyValues(layer: Layer, values: Values, folded: Map<string, Float32Array>): void {
  const prefix = weightsName(layer);
  for (const part of ["kernel", "bias", "gamma", "beta", "mean", "variance"]) {
    const value = values.get(`${prefix}/${part}`);
    if (value) folded.set(`${prefix}/${part}`, value);
  }
}
