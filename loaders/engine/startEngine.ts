import { messageOf } from "../../src/messages/messageOf.js";
import "./registerGradients.js";
import { log } from "../log.js";
import {
  type Engine,
  type EngineChoice,
  type EngineName,
  type EngineOptions,
  effectiveChoice,
  engineNames,
} from "./engineChoice.js";
import { OutdatedAddonError } from "./native/program/programAddon.js";
import { startNativeEngine } from "./native/start.js";
import { startWasmEngine } from "./wasm/start.js";
import { startWebgpuEngine } from "./webgpu/start.js";

/**
 * Makes one engine tfjs's backend for the rest of the process.
 *
 * `auto` takes the one that `SPINENET_ENGINE` names, else the first of gpu, native, webgpu and wasm that starts. It skips
 * a software WebGPU adapter, and, with a warning, an engine compiled by another version of the project. Gradients are
 * registered as well.
 *
 * @throws Error if a named engine cannot start: why, and what to install. A named engine has no fallback.
 */
export async function startEngine(choice: EngineChoice, options: EngineOptions = {}): Promise<Engine> {
  const effective = effectiveChoice(choice);
  if (effective !== "auto") {
    try {
      return await start(effective, options, true);
    } catch (error) {
      throw new Error(`The engine ${effective} cannot start. ${messageOf(error)}`, { cause: error });
    }
  }
  const reasons: string[] = [];
  for (const name of engineNames) {
    try {
      return await start(name, options, false);
    } catch (error) {
      reasons.push(`${name}: ${messageOf(error)}`);
      if (error instanceof OutdatedAddonError)
        log.warn(`The engine ${name} is passed over. ${error.message}`);
    }
  }
  throw new Error(`No engine starts here. ${reasons.join(" ")}`);
}

function start(name: EngineName, options: EngineOptions, named: boolean): Promise<Engine> {
  switch (name) {
    case "gpu":
    case "native":
      return startNativeEngine(name, options);
    case "webgpu":
      return startWebgpuEngine(named);
    case "wasm":
      return startWasmEngine();
  }
}
