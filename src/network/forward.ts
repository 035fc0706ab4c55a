import * as tf from "@tensorflow/tfjs-core";
import type { Layer } from "../architecture/layers/layer.js";
import { weightsName } from "../architecture/layers/tensors.js";
import { activate } from "./activation.js";
import { batchNormTraining } from "./batchNorm.js";
import { convolve, convolveDepthwise } from "./convolution.js";
import { dropConnect, type KeepSamples } from "./dropConnect.js";
import type { Plan, PlannedLayer } from "./executionPlan.js";
import { type TensorsByName, tensorOf } from "./tensorsByName.js";

/** Batch statistics that a training pass met at one batch norm. */
export interface BatchStatistics {
  /** Prefix of its tensors' names. */
  readonly name: string;
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

interface TrainingMode {
  /** Called once per batch norm, in the plan's order. */
  readonly onStatistics: (statistics: BatchStatistics) => void;
  /** Called once per drop-connect layer, in order; seeded by the caller. */
  readonly keepSamples: KeepSamples;
}

/**
 * Computes a network for a batch, with batch norm's moving statistics and nothing dropped.
 *
 * @param images `[batch, height, width, 3]`, normalised.
 * @returns The graph's outputs in order: `[batch, height, width, channels]` each, or `[batch, units]`.
 */
export function infer(plan: Plan, tensors: TensorsByName, images: tf.Tensor4D): tf.Tensor[] {
  return tf.tidy(() => run(plan, tensors, images, null));
}

/**
 * The same in training mode: batch norm by the batch's own statistics, drop connect at work. Meant to run inside
 * `tf.grad` and the like; what it allocates lives until the caller's tidy ends.
 */
export function forwardTraining(
  plan: Plan,
  tensors: TensorsByName,
  images: tf.Tensor4D,
  mode: TrainingMode,
): tf.Tensor[] {
  return run(plan, tensors, images, mode);
}

/** @param training null for inference, where a result is freed as soon as nothing reads it any more */
function run(
  { graph, layers }: Plan,
  tensors: TensorsByName,
  images: tf.Tensor4D,
  training: TrainingMode | null,
): tf.Tensor[] {
  const results = new Map<string, tf.Tensor>();
  for (const planned of layers) {
    const { layer } = planned;
    const inputs = layer.inputs.map((name) => results.get(name) as tf.Tensor4D);
    results.set(
      planned.result,
      layer.op === "input" ? checkedInput(images, layer) : compute(planned, inputs, tensors, training),
    );
    if (training) continue;
    for (const name of planned.last) {
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

function compute(
  { layer, activation }: PlannedLayer,
  inputs: readonly tf.Tensor4D[],
  tensors: TensorsByName,
  training: TrainingMode | null,
): tf.Tensor {
  const [first, second] = inputs as [tf.Tensor4D, tf.Tensor4D?];
  const activated = (y: tf.Tensor): tf.Tensor => (activation ? activate(y, activation) : y);
  switch (layer.op) {
    case "conv":
      return training
        ? activated(convolve(layer, first, tensors))
        : convolve(layer, first, tensors, activation);
    case "depthwiseConv":
      return activated(convolveDepthwise(layer, first, tensors));
    case "batchNorm": {
      const prefix = weightsName(layer);
      const { epsilon } = layer.attributes;
      const gamma = tensorOf(tensors, `${prefix}/gamma`);
      const beta = tensorOf(tensors, `${prefix}/beta`);
      if (training) {
        const { y, mean, variance } = batchNormTraining(first, gamma, beta, epsilon, activation ?? "none");
        training.onStatistics({ name: prefix, mean, variance });
        return y;
      }
      const mean = tensorOf(tensors, `${prefix}/mean`);
      return activated(
        tf.batchNorm(first, mean, tensorOf(tensors, `${prefix}/variance`), beta, gamma, epsilon),
      );
    }
    case "dropConnect":
      return training ? dropConnect(first, layer.attributes.rate, training.keepSamples) : tf.clone(first);
    case "activation":
      return activate(first, layer.attributes.kind);
    case "maxPool":
      return tf.maxPool(first, layer.attributes.size, layer.attributes.stride, "same");
    case "resizeNearest":
      return tf.image.resizeNearestNeighbor(first, [layer.shape[0], layer.shape[1]!]);
    case "add":
      return inputs.length === 2 ? tf.add(first, second!) : tf.addN([...inputs]);
    case "multiply":
      return tf.mul(first, second!);
    case "scale":
      return tf.mul(first, layer.attributes.factor);
    case "globalAveragePool":
      return tf.mean(first, [1, 2], true);
    case "dense": {
      const kernel = tensorOf<tf.Tensor2D>(tensors, `${layer.name}/kernel`);
      const product = tf.matMul(tf.reshape(first, [first.shape[0], -1]), kernel);
      return tf.add(product, tensorOf(tensors, `${layer.name}/bias`));
    }
    case "input":
      throw new Error(`A network has one input; ${layer.name} is another.`);
  }
}
