import * as tf from "@tensorflow/tfjs-core";
import type { ConvolutionAttributes, Layer, Padding } from "../architecture/layers/layer.js";
import { weightsName } from "../architecture/layers/tensors.js";
import { activate } from "./activation.js";
import { batchNormTraining } from "./batchNorm.js";
import type { Plan, Step } from "./plan.js";

/** A network's tensors by name, as `tensorsOf` lists them. */
export type TensorsByName = ReadonlyMap<string, tf.Tensor>;

/** Batch statistics that a training pass met at one batch norm. */
export interface BatchStatistics {
  /** Prefix of its tensors' names. */
  readonly name: string;
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

export interface TrainingMode {
  /** Called once a batch norm, in the plan's order. */
  readonly onStatistics: (statistics: BatchStatistics) => void;
  /**
   * Which samples of a batch keep a block's branch at a keep probability: [batch], 1 or 0 each. Called once a
   * drop-connect layer, in order; seeded by the caller.
   */
  readonly keepSamples: (batch: number, keepProbability: number) => tf.Tensor1D;
}

/**
 * Computes a network for a batch, with batch norm's moving statistics and nothing dropped.
 *
 * @param images `[batch, height, width, 3]`, normalised.
 * @returns The graph's outputs in order: `[batch, height, width, channels]` each, or `[batch, units]`.
 */
export function infer(plan: Plan, tensors: TensorsByName, images: tf.Tensor4D): tf.Tensor[] {
  return tf.tidy(() =>
    run(plan, tensors, images, (step, inputs) => inferenceStep(step, inputs, tensors), true),
  );
}

/**
 * The same in training mode: batch norm by the batch's own statistics, drop-connect at work. Meant to run inside
 * `tf.grad` and the like; what it allocates lives until the caller's tidy ends.
 */
export function forwardTraining(
  plan: Plan,
  tensors: TensorsByName,
  images: tf.Tensor4D,
  mode: TrainingMode,
): tf.Tensor[] {
  return run(plan, tensors, images, (step, inputs) => trainingStep(step, inputs, tensors, mode), false);
}

function run(
  { graph, steps }: Plan,
  tensors: TensorsByName,
  images: tf.Tensor4D,
  compute: (step: Step, inputs: readonly tf.Tensor4D[], tensors: TensorsByName) => tf.Tensor,
  release: boolean,
): tf.Tensor[] {
  const results = new Map<string, tf.Tensor>();
  for (const step of steps) {
    const { layer } = step;
    const inputs = layer.inputs.map((name) => results.get(name) as tf.Tensor4D);
    results.set(
      step.result,
      layer.op === "input" ? checkedInput(images, layer) : compute(step, inputs, tensors),
    );
    if (!release) continue;
    for (const name of step.last) {
      const result = results.get(name)!;
      if (result !== images) result.dispose();
      results.delete(name);
    }
  }
  return graph.outputs.map(({ layer }) => results.get(layer)!);
}

function checkedInput(images: tf.Tensor4D, { shape }: Layer): tf.Tensor4D {
  const [, ...size] = images.shape;
  if (size.join() !== shape.join()) {
    throw new Error(`The network takes images of ${shape.join("×")}, not ${size.join("×")}.`);
  }
  return images;
}

function inferenceStep(step: Step, inputs: readonly tf.Tensor4D[], tensors: TensorsByName): tf.Tensor {
  const { layer, activation } = step;
  if (layer.op === "conv") return convolve(layer, inputs[0]!, tensors, activation);
  if (layer.op === "dropConnect") return tf.clone(inputs[0]!);
  if (layer.op === "batchNorm") {
    const prefix = weightsName(layer);
    const normalised = tf.batchNorm(
      inputs[0]!,
      tensorOf(tensors, `${prefix}/mean`),
      tensorOf(tensors, `${prefix}/variance`),
      tensorOf(tensors, `${prefix}/beta`),
      tensorOf(tensors, `${prefix}/gamma`),
      layer.attributes.epsilon,
    );
    return activation ? activate(normalised, activation) : normalised;
  }
  return commonStep(step, inputs, tensors);
}

function trainingStep(
  step: Step,
  inputs: readonly tf.Tensor4D[],
  tensors: TensorsByName,
  mode: TrainingMode,
): tf.Tensor {
  const { layer, activation } = step;
  if (layer.op === "dropConnect") {
    const keep = 1 - layer.attributes.rate;
    const [batch] = inputs[0]!.shape;
    // Scaling what is kept by 1 / keep leaves the expected branch as it is at inference.
    const mask = tf.div(mode.keepSamples(batch, keep), keep);
    return tf.mul(inputs[0]!, tf.reshape(mask, [batch, 1, 1, 1]));
  }
  if (layer.op === "batchNorm") {
    const prefix = weightsName(layer);
    const { y, mean, variance } = batchNormTraining(
      inputs[0]!,
      tensorOf(tensors, `${prefix}/gamma`),
      tensorOf(tensors, `${prefix}/beta`),
      layer.attributes.epsilon,
      activation ?? "none",
    );
    mode.onStatistics({ name: prefix, mean, variance });
    return y;
  }
  return commonStep(step, inputs, tensors);
}

function commonStep(
  { layer, activation }: Step,
  inputs: readonly tf.Tensor4D[],
  tensors: TensorsByName,
): tf.Tensor {
  const [first, second] = inputs;
  switch (layer.op) {
    case "conv": {
      const y = convolve(layer, first!, tensors);
      return activation ? activate(y, activation) : y;
    }
    case "depthwiseConv": {
      const { stride, padding, bias } = layer.attributes;
      const kernel = tensorOf<tf.Tensor4D>(tensors, `${weightsName(layer)}/kernel`);
      const [x, pad] = padded(first!, padding);
      const y = tf.depthwiseConv2d(x, kernel, stride, pad);
      const biased = bias ? tf.add(y, tensorOf(tensors, `${weightsName(layer)}/bias`)) : y;
      return activation ? activate(biased, activation) : biased;
    }
    case "activation":
      return activate(first!, layer.attributes.kind);
    case "maxPool":
      return tf.maxPool(first!, layer.attributes.size, layer.attributes.stride, "same");
    case "resizeNearest":
      return tf.image.resizeNearestNeighbor(first!, [layer.shape[0], layer.shape[1]!]);
    case "add":
      return inputs.length === 2 ? tf.add(first!, second!) : tf.addN([...inputs]);
    case "multiply":
      return tf.mul(first!, second!);
    case "scale":
      return tf.mul(first!, layer.attributes.factor);
    case "globalAveragePool":
      return tf.mean(first!, [1, 2], true);
    case "dense": {
      const [batch] = first!.shape;
      const kernel = tensorOf<tf.Tensor2D>(tensors, `${layer.name}/kernel`);
      const product = tf.matMul(tf.reshape(first!, [batch, -1]), kernel);
      return tf.add(product, tensorOf(tensors, `${layer.name}/bias`));
    }
    default:
      throw new Error(`A layer of kind "${layer.op}" (${layer.name}) cannot be computed here.`);
  }
}

type ConvLayer = Extract<Layer, { op: "conv" }>;

/** Activations that tfjs folds into its fused convolution on every backend. */
const fusable = { relu: "relu", relu6: "relu6" } as const;

function convolve(
  layer: ConvLayer,
  input: tf.Tensor4D,
  tensors: TensorsByName,
  activation?: Step["activation"],
): tf.Tensor4D {
  const { stride, padding, bias }: ConvolutionAttributes = layer.attributes;
  const filter = tensorOf<tf.Tensor4D>(tensors, `${weightsName(layer)}/kernel`);
  const [x, pad] = padded(input, padding);
  const biasTensor = bias ? tensorOf<tf.Tensor1D>(tensors, `${weightsName(layer)}/bias`) : undefined;
  if (biasTensor === undefined) {
    const y = tf.conv2d(x, filter, stride, pad);
    return activation ? activate(y, activation) : y;
  }
  if (activation === "relu" || activation === "relu6") {
    return tf.fused.conv2d({
      x,
      filter,
      strides: stride,
      pad,
      bias: biasTensor,
      activation: fusable[activation],
    });
  }
  const y = tf.fused.conv2d({ x, filter, strides: stride, pad, bias: biasTensor });
  return activation ? activate(y, activation) : y;
}

/** tfjs on TensorFlow knows 'same' and 'valid' only, so other zeros are laid around the input first. */
function padded(x: tf.Tensor4D, padding: Padding): [tf.Tensor4D, "same" | "valid"] {
  if (padding === "same") return [x, "same"];
  const [[top, bottom], [left, right]] = padding;
  if (top + bottom + left + right === 0) return [x, "valid"];
  return [
    tf.pad(x, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]),
    "valid",
  ];
}

function tensorOf<T extends tf.Tensor = tf.Tensor1D>(tensors: TensorsByName, name: string): T {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`The weights hold no tensor "${name}", which the network needs.`);
  return tensor as T;
}
