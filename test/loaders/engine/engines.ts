import { type EngineName, startEngine } from "../../../loaders/engine/engine.js";

export interface TestedEngine {
  readonly name: EngineName;
  /** Why it cannot be tested here; empty where it can. */
  readonly skipped: string;
}

/** The engines that the tests of tensors run on: wasm always, and the others where they start. */
export async function testedEngines(): Promise<TestedEngine[]> {
  const tested: TestedEngine[] = [];
  for (const name of ["wasm", "native"] as const) {
    try {
      await startEngine(name);
      tested.push({ name, skipped: "" });
    } catch (error) {
      if (name === "wasm") throw error;
      tested.push({ name, skipped: error instanceof Error ? error.message : String(error) });
    }
  }
  return tested;
}
