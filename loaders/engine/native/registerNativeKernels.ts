import * as tf from "@tensorflow/tfjs-core";
import { activationGradient } from "./kernels/activation.js";
import { batchNorm, batchNormGradient } from "./kernels/batchNorm.js";
import { convolutionFilterGradient } from "./kernels/convolutionFilterGradient.js";
import { fusedConvolution } from "./kernels/fusedConvolution.js";
import { gather } from "./kernels/gather.js";

let registered = false;

/**
 * Gives TensorFlow's backend the kernels by which the network asks for whole operations of TensorFlow's, and puts ours
 * in place of those of tfjs-node's that read values back or crash.
 */
export function registerNativeKernels(): void {
  if (registered) return;
  registered = true;
  for (const kernel of [activationGradient, batchNorm, batchNormGradient]) tf.registerKernel(kernel);
  replace(gather.kernelName, () => gather);
  replace(tf.Conv2DBackpropFilter, convolutionFilterGradient);
  replace(tf.FusedConv2D, fusedConvolution);
}

function replace(name: string, replacement: (before: tf.KernelConfig) => tf.KernelConfig): void {
  const before = tf.getKernel(name, "tensorflow");
  if (!before) throw new Error(`tfjs-node 4.22 has a kernel ${name}; this one has none.`);
  tf.unregisterKernel(name, "tensorflow");
  tf.registerKernel(replacement(before));
}
