import * as tf from "@tensorflow/tfjs-core";
import { activation, activationGradient } from "./kernels/activation.js";
import { averagePoolGradient } from "./kernels/averagePoolGradient.js";
import { batchNorm, batchNormGradient } from "./kernels/batchNorm.js";
import { convolution, fusedConvolution } from "./kernels/convolution.js";
import { convolutionFilterGradient } from "./kernels/convolutionFilterGradient.js";
import { convolutionInputGradient } from "./kernels/convolutionInputGradient.js";
import { depthwiseFilterGradient } from "./kernels/depthwiseFilterGradient.js";
import { depthwiseInputGradient } from "./kernels/depthwiseInputGradient.js";
import { identity } from "./kernels/identity.js";
import { maxPoolGradient } from "./kernels/maxPoolGradient.js";
import { segmentSum } from "./kernels/segmentSum.js";
import { slice, split } from "./kernels/slice.js";

/** Our kernels of the wasm backend, those that replace stock ones and those it lacks. */
export const wasmKernels: readonly tf.KernelConfig[] = [
  activation,
  activationGradient,
  averagePoolGradient,
  batchNorm,
  batchNormGradient,
  convolution,
  convolutionFilterGradient,
  convolutionInputGradient,
  depthwiseFilterGradient,
  depthwiseInputGradient,
  fusedConvolution,
  identity,
  maxPoolGradient,
  segmentSum,
  slice,
  split,
];

const replaced = new Map<string, tf.KernelConfig>();

/** Puts our kernels in the place of stock ones; a second call changes nothing. */
export function registerWasmKernels(): void {
  for (const kernel of wasmKernels) {
    const registered = tf.getKernel(kernel.kernelName, kernel.backendName);
    if (registered === kernel) continue;
    if (registered) {
      replaced.set(kernel.kernelName, registered);
      tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    }
    tf.registerKernel(kernel);
  }
}

/** Takes our kernels away and puts the stock ones back, where there are any. */
export function unregisterWasmKernels(): void {
  for (const kernel of wasmKernels) {
    if (tf.getKernel(kernel.kernelName, kernel.backendName) !== kernel) continue;
    tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    const stock = replaced.get(kernel.kernelName);
    if (stock) tf.registerKernel(stock);
  }
}
