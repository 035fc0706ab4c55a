import type { EngineName } from "../../../loaders/engine/engineChoice.js";
import { startEngine } from "../../../loaders/engine/startEngine.js";
import {
  registerWasmKernels,
  unregisterWasmKernels,
} from "../../../loaders/engine/wasm/registerWasmKernels.js";

export interface TestedEngine {
  readonly name: EngineName | "plain operations";
  /** Why it cannot be tested here; empty where it can. */
  readonly skipped: string;
  readonly start: () => Promise<void>;
}

/** The engines that the tests of tensors run on: wasm always, and the others where they start. */
export async function testedEngines(): Promise<TestedEngine[]> {
  const tested: TestedEngine[] = [];
  for (const name of ["wasm", "native"] as const) {
    const start = async (): Promise<void> => {
      await startEngine(name);
    };
    try {
      await start();
      tested.push({ name, skipped: "", start });
    } catch (error) {
      if (name === "wasm") throw error;
      tested.push({ name, skipped: error instanceof Error ? error.message : String(error), start });
    }
  }
  return tested;
}

/** A backend without kernels of ours, as a browser has it: the network then composes plain operations. */
export const plainOperations: TestedEngine = {
  name: "plain operations",
  skipped: "",
  start: async () => {
    await startEngine("wasm");
    registerWasmKernels();
    unregisterWasmKernels();
  },
};
