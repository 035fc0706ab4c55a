import * as tf from "@tensorflow/tfjs-core";
import { convolutionFilterGradient } from "../engine/wasm/kernels/convolutionFilterGradient.js";
import { unregisterWasmKernels } from "../engine/wasm/registerWasmKernels.js";
import { plainFilterGradient } from "./plainFilterGradient.js";

/**
 * Puts tfjs's own wasm kernels back in place of ours. It has none for the gradient of a convolution with respect to its
 * filter, without which nothing trains: `stock` gets plain loops for that one, `patched` ours.
 */
export function useStockKernels(name: "stock" | "patched"): void {
  unregisterWasmKernels();
  tf.registerKernel(name === "stock" ? plainFilterGradient : convolutionFilterGradient);
}
