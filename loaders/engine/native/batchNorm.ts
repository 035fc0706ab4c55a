import * as tf from "@tensorflow/tfjs-core";
import { looseObject, number, parse, picklist } from "valibot";
import { activate, activationGradient } from "../../../src/network/activation.js";
import { batchNormGradientKernel, batchNormKernel } from "../../../src/network/batchNorm.js";
import { normalisationKinds } from "../wasm/programs/activationCode.js";
import { isNativeBackend } from "./nativeBackend.js";

const Attributes = looseObject({ epsilon: number(), activation: picklist(normalisationKinds) });

/** TensorFlow's FusedBatchNormV3, and the activation after it. */
export const batchNorm: tf.KernelConfig = {
  kernelName: batchNormKernel,
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { epsilon, activation } = parse(Attributes, attrs);
    return tf.tidy(() => {
      const [x, gamma, beta] = tensors(inputs, "x", "gamma", "beta");
      const nothing = tf.tensor1d([], "float32");
      const outputs = execute(backend, "FusedBatchNormV3", epsilon, [x!, gamma!, beta!, nothing, nothing], 6);
      const [z, mean, sampleVariance, ...reserves] = outputs;
      // TensorFlow's running statistics want the sample variance; ours the batch's own.
      const count = x!.size / gamma!.size;
      const variance = tf.mul(sampleVariance!, (count - 1) / count);
      return activation === "none"
        ? [z!, mean!, variance, ...reserves]
        : [activate(z!, activation), mean!, variance, ...reserves, z!];
    });
  },
};

/** TensorFlow's FusedBatchNormGradV3, after the activation's gradient. */
export const batchNormGradient: tf.KernelConfig = {
  kernelName: batchNormGradientKernel,
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { epsilon, activation } = parse(Attributes, attrs);
    return tf.tidy(() => {
      const [x, dy, gamma, ...reserves] = tensors(inputs, "x", "dy", "gamma", "saved0", "saved1", "saved2");
      const dz =
        activation === "none" ? dy! : activationGradient(dy!, tensors(inputs, "saved3")[0]!, activation);
      return execute(backend, "FusedBatchNormGradV3", epsilon, [dz, x!, gamma!, ...reserves], 5).slice(0, 3);
    });
  },
};

function execute(
  backend: unknown,
  operation: string,
  epsilon: number,
  inputs: tf.TensorInfo[],
  outputs: number,
): tf.Tensor[] {
  if (!isNativeBackend(backend)) throw new Error(`${operation} needs tfjs-node 4.22's backend.`);
  const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_STRING, TF_ATTR_BOOL, TF_FLOAT } = backend.binding;
  const attributes = [
    { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "U", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "epsilon", type: TF_ATTR_FLOAT, value: epsilon },
    { name: "data_format", type: TF_ATTR_STRING, value: "NHWC" },
    { name: "is_training", type: TF_ATTR_BOOL, value: true },
  ];
  return backend.executeMultipleOutputs(operation, attributes, inputs, outputs);
}

function tensors(inputs: tf.NamedTensorInfoMap, ...names: string[]): tf.Tensor[] {
  return names.map((name) => {
    const tensor = inputs[name];
    if (!(tensor instanceof tf.Tensor)) throw new Error(`Batch norm was called without its input "${name}".`);
    return tensor;
  });
}
