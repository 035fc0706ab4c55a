import { join, sep } from "node:path";
import { setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import type { Engine } from "../engineChoice.js";
import { ownPackageFolder } from "../engineHome.js";
import { instructions } from "./instructionSet.js";
import { registerWasmKernels } from "./registerWasmKernels.js";

/**
 * Starts the wasm backend, with our kernels for those it lacks, gets wrong or runs slowly.
 *
 * @throws Error if WebAssembly does not start; nothing needs installing for it.
 */
export async function startWasmEngine(): Promise<Engine> {
  setWasmPaths(join(ownPackageFolder("@tensorflow/tfjs-backend-wasm"), "dist") + sep);
  const started = await withoutNewProcessListeners(() => tf.setBackend("wasm"));
  if (!started || tf.getBackend() !== "wasm") {
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
      instructions: simd ? instructions() : "scalar",
      node: process.versions.node,
    },
  };
}

/**
 * The wasm module's own listeners rethrow every uncaught error, so that Node prints the module's minified source instead
 * of the error's; those listeners are removed again.
 */
async function withoutNewProcessListeners<T>(act: () => Promise<T>): Promise<T> {
  const emitter: NodeJS.EventEmitter = process;
  const events = ["uncaughtException", "unhandledRejection"];
  const before = new Set(events.flatMap((event) => emitter.listeners(event)));
  const result = await act();
  for (const event of events) {
    for (const listener of emitter.listeners(event)) {
      if (!before.has(listener) && isListener(listener)) emitter.off(event, listener);
    }
  }
  return result;
}

function isListener(value: unknown): value is (...values: unknown[]) => void {
  return typeof value === "function";
}
