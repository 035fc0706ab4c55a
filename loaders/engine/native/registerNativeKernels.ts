import * as tf from "@tensorflow/tfjs-core";
import { batchNorm, batchNormGradient } from "./batchNorm.js";

/** Gives TensorFlow's backend the kernels by which the network asks for whole operations of TensorFlow's. */
export function registerNativeKernels(): void {
  for (const kernel of [batchNorm, batchNormGradient]) {
    if (!tf.getKernel(kernel.kernelName, kernel.backendName)) tf.registerKernel(kernel);
  }
}
