import { join, sep } from "node:path";
import { setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { ownPackageFolder } from "./engineHome.js";
import type { Engine } from "./engineName.js";
import { registerWasmKernels } from "./wasm/registerWasmKernels.js";

/**
 * Starts the wasm backend, with our kernels in the place of those it lacks, computes wrongly or slowly.
 *
 * @throws if WebAssembly does not start; there is nothing to install for it.
 */
export async function startWasmEngine(): Promise<Engine> {
  setWasmPaths(join(ownPackageFolder("@tensorflow/tfjs-backend-wasm"), "dist") + sep);
  if (!(await tf.setBackend("wasm")) || tf.getBackend() !== "wasm") {
    throw new Error(
      "tfjs's wasm backend could not start; Node must be 20.12 or newer, with WebAssembly enabled.",
    );
  }
  registerWasmKernels();
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  return {
    name: "wasm",
    backend: "wasm",
    versions: {
      tfjs: tf.version_core,
      "tfjs-backend-wasm": version_wasm,
      instructions: simd ? "simd" : "scalar",
      node: process.versions.node,
    },
  };
}
