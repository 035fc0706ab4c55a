import * as tf from "@tensorflow/tfjs-core";
import { activationGradient } from "./activation.js";
import { batchNorm, batchNormGradient } from "./batchNorm.js";
import { gather } from "./gather.js";

/**
 * Gives TensorFlow's backend the kernels by which the network asks for whole operations of TensorFlow's, and puts ours
 * in place of the one of tfjs-node's that reads values back.
 */
export function registerNativeKernels(): void {
  for (const kernel of [activationGradient, batchNorm, batchNormGradient, gather]) {
    const { kernelName, backendName } = kernel;
    const present = tf.getKernel(kernelName, backendName);
    if (present === kernel) continue;
    if (present) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel(kernel);
  }
}
