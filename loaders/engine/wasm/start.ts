import { join, sep } from "node:path";
import { setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import type { Engine } from "../choice.js";
import { ownPackageFolder } from "../home.js";
import { instructions } from "./instructionSet.js";
import { registerWasmKernels } from "./registerWasmKernels.js";

/**
 * Starts the wasm backend, with our kernels in the place of those it lacks, computes wrongly or slowly.
 *
 * @throws if WebAssembly does not start; there is nothing to install for it.
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
 * The wasm module rethrows every uncaught error from listeners of its own, so that Node prints its
 * minified source in the error's place; those listeners are taken away again.
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
