import type { ActivationKind, Layer } from "../../../architecture/layers/layer.js";
import { layersOf } from "../../../architecture/layers/layersOf.js";
import { weightsName } from "../../../architecture/layers/tensors.js";
import type { Model } from "../../../architecture/model/model.js";

/** The activations that published checkpoints were trained with; one like swish, such as hard swish, looks the same. */
const candidates = ["relu", "swish"] as const satisfies readonly ActivationKind[];

type Candidate = (typeof candidates)[number];

export interface ActivationFit {
  readonly kind: Candidate;
  /** The share of the moving means that it explains, for each candidate; 1 is all, and less than 0 worse than zeros. */
  readonly explained: Readonly<Record<Candidate, number>>;
}

type ReadTensor = (name: string) => Promise<Float32Array>;

/** A convolution of what a batch norm and an activation give, and the batch norm of its result. */
interface Chain {
  readonly before: string;
  readonly convolution: Layer;
  readonly after: string;
}

/** Enough to average over, and quickly read. */
const mostChains = 24;

/**
 * The activation that a network was trained with, which a checkpoint does not name: the one that best explains its
 * moving means. A batch norm's outputs have the mean β and the deviation γ; about normal, they have a mean after each
 * activation, and a convolution of those means should give the moving mean of the next batch norm.
 *
 * @param read gives a tensor of the model by its name
 * @returns null if the statistics fit no activation, as those of an untrained network
 */
export async function fitActivation(model: Model, read: ReadTensor): Promise<ActivationFit | null> {
  const residuals = { relu: 0, swish: 0 };
  let total = 0;
  for (const { before, convolution, after } of chainsOf(layersOf(model)).slice(0, mostChains)) {
    const [gamma, beta] = [await read(`${before}/gamma`), await read(`${before}/beta`)];
    const kernel = await read(`${weightsName(convolution)}/kernel`);
    const [mean, variance] = [await read(`${after}/mean`), await read(`${after}/variance`)];
    // Channels count alike, whatever their scale.
    const weights = variance.map((value) => 1 / Math.max(value, 1e-12));
    total += weightedSquares(mean, weights);
    for (const kind of candidates) {
      const inputs = beta.map((shift, channel) => meanAfter(kind, shift, gamma[channel]!));
      const expected = convolved(convolution, kernel, inputs, mean.length);
      residuals[kind] += weightedSquares(
        mean.map((value, channel) => value - expected[channel]!),
        weights,
      );
    }
  }
  if (total === 0) return null;
  const explained = { relu: 0, swish: 0 };
  for (const kind of candidates) explained[kind] = 1 - residuals[kind] / total;
  const best = candidates.reduce((a, b) => (explained[b] > explained[a] ? b : a));
  return { kind: best, explained };
}

function chainsOf(layers: readonly Layer[]): Chain[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  return layers.flatMap((layer): Chain[] => {
    const convolution = byName.get(layer.inputs[0] ?? "");
    if (layer.op !== "batchNorm" || (convolution?.op !== "conv" && convolution?.op !== "depthwiseConv"))
      return [];
    // Strides and borders would bias the means; the levels of a head share their kernels.
    if (convolution.attributes.stride > 1 || convolution.attributes.bias || convolution.weights) return [];
    const activation = byName.get(convolution.inputs[0]!);
    const before = byName.get(activation?.inputs[0] ?? "");
    if (activation?.op !== "activation" || before?.op !== "batchNorm") return [];
    return [{ before: before.name, convolution, after: layer.name }];
  });
}

/** What a convolution makes of inputs that are the same in all cells. */
function convolved({ op }: Layer, kernel: Float32Array, inputs: Float32Array, outputs: number): Float32Array {
  const result = new Float32Array(outputs);
  const depthwise = op === "depthwiseConv";
  for (let index = 0; index < kernel.length; index++) {
    // Kernels are HWIO; a depthwise one has an output per input.
    const output = index % outputs;
    const input = depthwise ? output : Math.floor(index / outputs) % inputs.length;
    result[output]! += kernel[index]! * inputs[input]!;
  }
  return result;
}

function weightedSquares(values: Float32Array, weights: Float32Array): number {
  return values.reduce((sum, value, index) => sum + value * value * weights[index]!, 0);
}

const steps = 64;
const reach = 6;

/** The mean of a normally distributed value after an activation, by the midpoint rule within six deviations. */
function meanAfter(kind: Candidate, mean: number, deviation: number): number {
  let sum = 0;
  let mass = 0;
  for (let step = 0; step < steps; step++) {
    const z = ((step + 0.5) / steps) * 2 * reach - reach;
    const density = Math.exp((-z * z) / 2);
    mass += density;
    sum += density * activated(kind, mean + deviation * z);
  }
  return sum / mass;
}

function activated(kind: Candidate, x: number): number {
  switch (kind) {
    case "relu":
      return Math.max(x, 0);
    case "swish":
      return x / (1 + Math.exp(-x));
  }
}
