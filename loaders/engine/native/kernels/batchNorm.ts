import * as tf from "@tensorflow/tfjs-core";
import { looseObject, number, parse, picklist } from "valibot";
import { activate, activationGradient } from "../../../../src/network/activation.js";
import {
  batchNormGradientKernel,
  batchNormKernel,
  type NormalisationKind,
  normalisationKinds,
} from "../../../../src/network/batchNorm.js";
import { nativeBackend } from "../execute.js";
import type { NativeBackend } from "../nativeBackend.js";
import { hasOwnKernels } from "../program/programLibrary.js";
import { tensorIn } from "../tensorIn.js";

const attributesSchema = looseObject({ epsilon: number(), activation: picklist(normalisationKinds) });

/**
 * Batch norm and the activation after it: by our own operation, which includes a ReLU, where the add-on is there; else by
 * TensorFlow's FusedBatchNormV3.
 */
export const batchNorm: tf.KernelConfig = {
  kernelName: batchNormKernel,
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { epsilon, activation } = parse(attributesSchema, attrs);
    const native = nativeBackend(backend);
    return tf.tidy(() => {
      const normalised = (hasOwnKernels(native) ? ownNorm : fusedNorm)(native, inputs, epsilon, activation);
      const { value, mean, variance, saved, activated } = normalised;
      if (activation === "none" || activated) return [value, mean, variance, ...saved];
      return [activate(value, activation), mean, variance, ...saved, value];
    });
  },
};

/** The gradients to x, gamma and beta, after the activation's. */
export const batchNormGradient: tf.KernelConfig = {
  kernelName: batchNormGradientKernel,
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { epsilon, activation } = parse(attributesSchema, attrs);
    const native = nativeBackend(backend);
    return tf.tidy(() =>
      (hasOwnKernels(native) ? ownGradient : fusedGradient)(native, inputs, epsilon, activation),
    );
  },
};

interface Normalised {
  readonly value: tf.Tensor;
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
  /** What the gradient needs beside x, gamma, beta, mean and variance. */
  readonly saved: readonly tf.Tensor[];
  /** Whether the activation is part of the value. */
  readonly activated: boolean;
}

function ownNorm(
  backend: NativeBackend,
  inputs: tf.NamedTensorInfoMap,
  epsilon: number,
  activation: NormalisationKind,
): Normalised {
  const relu = activation === "relu";
  const given = tensors(inputs, "x", "gamma", "beta");
  const outputs = backend.executeMultipleOutputs(
    "SpineNetBatchNorm",
    ownAttributes(backend, epsilon, relu),
    given,
    3,
  );
  const [value, mean, variance] = outputs as [tf.Tensor, tf.Tensor, tf.Tensor];
  return { value, mean, variance, saved: [], activated: relu };
}

function ownGradient(
  backend: NativeBackend,
  inputs: tf.NamedTensorInfoMap,
  epsilon: number,
  activation: NormalisationKind,
): tf.Tensor[] {
  const relu = activation === "relu";
  const [x, dy, ...rest] = tensors(inputs, "x", "dy", "gamma", "beta", "mean", "variance");
  const dz =
    relu || activation === "none" ? dy! : activationGradient(dy!, tensorIn(inputs, "saved0"), activation);
  const attributes = ownAttributes(backend, epsilon, relu);
  return backend.executeMultipleOutputs("SpineNetBatchNormGrad", attributes, [x!, dz, ...rest], 3);
}

function ownAttributes({ binding }: NativeBackend, epsilon: number, relu: boolean) {
  const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_FLOAT } = binding;
  return [
    { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "epsilon", type: TF_ATTR_FLOAT, value: epsilon },
    { name: "relu", type: TF_ATTR_BOOL, value: relu },
  ];
}

function fusedNorm(backend: NativeBackend, inputs: tf.NamedTensorInfoMap, epsilon: number): Normalised {
  const [x, gamma, beta] = tensors(inputs, "x", "gamma", "beta") as [tf.Tensor, tf.Tensor, tf.Tensor];
  const nothing = tf.tensor1d([], "float32");
  const given = [x, gamma, beta, nothing, nothing];
  const outputs = backend.executeMultipleOutputs(
    "FusedBatchNormV3",
    fusedAttributes(backend, epsilon),
    given,
    6,
  );
  const [value, mean, sampleVariance, ...saved] = outputs as [tf.Tensor, tf.Tensor, tf.Tensor];
  // TensorFlow's running statistics want the sample variance; ours the batch's own.
  const count = x.size / gamma.size;
  return { value, mean, variance: tf.mul(sampleVariance, (count - 1) / count), saved, activated: false };
}

function fusedGradient(
  backend: NativeBackend,
  inputs: tf.NamedTensorInfoMap,
  epsilon: number,
  activation: NormalisationKind,
): tf.Tensor[] {
  const [x, dy, gamma, ...reserves] = tensors(inputs, "x", "dy", "gamma", "saved0", "saved1", "saved2");
  const dz = activation === "none" ? dy! : activationGradient(dy!, tensorIn(inputs, "saved3"), activation);
  const given = [dz, x!, gamma!, ...reserves];
  const attributes = fusedAttributes(backend, epsilon);
  return backend.executeMultipleOutputs("FusedBatchNormGradV3", attributes, given, 5).slice(0, 3);
}

function fusedAttributes({ binding }: NativeBackend, epsilon: number) {
  const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_STRING, TF_ATTR_BOOL, TF_FLOAT } = binding;
  return [
    { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "U", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "epsilon", type: TF_ATTR_FLOAT, value: epsilon },
    { name: "data_format", type: TF_ATTR_STRING, value: "NHWC" },
    { name: "is_training", type: TF_ATTR_BOOL, value: true },
  ];
}

const tensors = (inputs: tf.NamedTensorInfoMap, ...names: string[]) =>
  names.map((name) => tensorIn(inputs, name));
