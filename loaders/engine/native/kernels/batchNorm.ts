import * as tf from "@tensorflow/tfjs-core";
import { looseObject, number, parse, picklist } from "valibot";
import { activate, activationGradient } from "../../../../src/network/activation.js";
import {
  batchNormGradientKernel,
  batchNormKernel,
  normalisationKinds,
} from "../../../../src/network/batchNorm.js";
import { nativeBackend } from "../execute.js";
import { tensorIn } from "../tensorIn.js";

const attributesSchema = looseObject({ epsilon: number(), activation: picklist(normalisationKinds) });

/** TensorFlow's FusedBatchNormV3, and the activation after it. */
export const batchNorm: tf.KernelConfig = {
  kernelName: batchNormKernel,
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { epsilon, activation } = parse(attributesSchema, attrs);
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
    const { epsilon, activation } = parse(attributesSchema, attrs);
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
  const native = nativeBackend(backend);
  const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_STRING, TF_ATTR_BOOL, TF_FLOAT } = native.binding;
  const attributes = [
    { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "U", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "epsilon", type: TF_ATTR_FLOAT, value: epsilon },
    { name: "data_format", type: TF_ATTR_STRING, value: "NHWC" },
    { name: "is_training", type: TF_ATTR_BOOL, value: true },
  ];
  return native.executeMultipleOutputs(operation, attributes, inputs, outputs);
}

const tensors = (inputs: tf.NamedTensorInfoMap, ...names: string[]) =>
  names.map((name) => tensorIn(inputs, name));
