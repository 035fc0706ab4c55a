import type { Layer } from "../architecture/layers/layer.js";
import type { Graph } from "../architecture/layers/layersOf.js";
import { weightsName } from "../architecture/layers/tensors.js";
import { readersOf } from "./consumers.js";
import type { Values } from "./initialise.js";

type Convolution = Extract<Layer, { op: "conv" | "depthwiseConv" }>;
type BatchNorm = Extract<Layer, { op: "batchNorm" }>;

/**
 * Puts each batch norm's moving statistics into the convolution before it, so that inference has one operation
 * instead of two. A head's convolution that the levels share becomes one per level, since their batch norms differ.
 * Batch norms that follow something else stay.
 *
 * @returns The smaller graph, and the values of its tensors under the folded layers' own names.
 */
export function foldBatchNorm(
  graph: Graph,
  values: Values,
): { graph: Graph; values: Map<string, Float32Array> } {
  const norms = foldableNorms(graph);
  const folded = new Map<string, Float32Array>();
  const convolutionOf = new Map([...norms].map(([convolution, { name }]) => [name, convolution]));
  const newName = (name: string): string => convolutionOf.get(name) ?? name;
  const layers = graph.layers.flatMap((layer): Layer[] => {
    if (convolutionOf.has(layer.name)) return [];
    const norm = norms.get(layer.name);
    const renamed = { ...layer, inputs: layer.inputs.map(newName) };
    if (norm && isConvolution(renamed)) {
      foldValues(renamed, norm, values, folded);
      return [withBias(renamed)];
    }
    copyValues(layer, values, folded);
    return [renamed];
  });
  const outputs = graph.outputs.map((output) => ({ ...output, layer: newName(output.layer) }));
  return { graph: { layers, outputs }, values: folded };
}

/** The batch norm that can go into each convolution, by the convolution's name: the only layer that reads it. */
function foldableNorms({ layers, outputs }: Graph): Map<string, BatchNorm> {
  const readers = readersOf(layers);
  const kept = new Set(outputs.map(({ layer }) => layer));
  const norms = new Map<string, BatchNorm>();
  for (const layer of layers) {
    const [reader, ...others] = readers.get(layer.name)!;
    if (!isConvolution(layer) || kept.has(layer.name) || others.length > 0) continue;
    if (reader?.op === "batchNorm") norms.set(layer.name, reader);
  }
  return norms;
}

function isConvolution(layer: Layer): layer is Convolution {
  return layer.op === "conv" || layer.op === "depthwiseConv";
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
