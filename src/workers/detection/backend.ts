import * as tf from "@tensorflow/tfjs-core";
import {
  type BackendChoice,
  type BackendName,
  backendNames,
  backendTitles,
  type StartedBackend,
} from "../../messages/detection.js";
import { messageOf } from "../../messages/messageOf.js";
import { convolutionMistake } from "./convolutionCheck.js";

/**
 * Sets tfjs's backend for the worker's lifetime. `auto` takes the first of WebGPU, WebGL and WebAssembly that computes
 * correctly, and skips a GPU that the processor emulates, since WebAssembly is faster.
 *
 * @throws Error with the reason, if the one named cannot be used (there is no fallback from a name), or none can.
 */
export async function startBackend(choice: BackendChoice): Promise<StartedBackend> {
  if (choice !== "auto") {
    try {
      return { backend: choice, device: await start(choice, true), passedOver: [] };
    } catch (error) {
      throw new Error(
        `${backendTitles[choice]} cannot be used: ${messageOf(error)}. Remove "backend=${choice}" from the address to use one that works.`,
      );
    }
  }
  const passedOver: { backend: BackendName; reason: string }[] = [];
  for (const backend of backendNames) {
    try {
      return { backend, device: await start(backend, false), passedOver };
    } catch (error) {
      passedOver.push({ backend, reason: messageOf(error) });
    }
  }
  const reasons = passedOver.map(({ backend, reason }) => `${backendTitles[backend]}: ${reason}`).join("; ");
  throw new Error(`This browser cannot run the network (${reasons}). Use a current browser.`);
}

async function start(name: BackendName, named: boolean): Promise<string> {
  const device = await prepare[name]();
  const emulator = emulatorOf(device);
  if (!named && emulator !== null) {
    throw new Error(`its GPU is only emulated by the processor (${emulator})`);
  }
  // Where a backend does not start, tfjs returns false or silently takes another.
  if (!(await tf.setBackend(name)) || tf.getBackend() !== name) {
    throw new Error("tfjs could not start on it");
  }
  const mistake = await convolutionMistake();
  if (mistake !== null) throw new Error(`its results are wrong: ${mistake}`);
  return emulator === null ? device : `emulated by the processor: ${emulator}`;
}

/** Registers a backend with tfjs and returns its device; throws an Error that says why there is none. */
const prepare: Readonly<Record<BackendName, () => Promise<string>>> = {
  async webgpu() {
    if (!("gpu" in navigator) || navigator.gpu === undefined) {
      throw new Error(
        self.isSecureContext
          ? "this browser has no navigator.gpu"
          : "browsers offer it only to pages served over https or from this computer",
      );
    }
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) throw new Error("the browser offers no adapter");
    await import("@tensorflow/tfjs-backend-webgpu");
    const { vendor, architecture, device, description } = adapter.info;
    const name = [vendor, architecture, device, description].filter(Boolean).join(" ");
    return adapter.info.isFallbackAdapter ? `software adapter ${name}` : name;
  },

  async webgl() {
    if (typeof OffscreenCanvas === "undefined") {
      throw new Error("this browser has no OffscreenCanvas");
    }
    const context = new OffscreenCanvas(1, 1).getContext("webgl2");
    if (!context) throw new Error("the browser offers no WebGL 2");
    const names = context.getExtension("WEBGL_debug_renderer_info");
    const device: unknown = names ? context.getParameter(names.UNMASKED_RENDERER_WEBGL) : "";
    // Browsers keep few contexts at a time, and tfjs creates another.
    context.getExtension("WEBGL_lose_context")?.loseContext();
    await import("@tensorflow/tfjs-backend-webgl");
    return typeof device === "string" ? device : "";
  },

  async wasm() {
    if (typeof WebAssembly === "undefined") throw new Error("this browser has no WebAssembly");
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    // Addresses in full: the site's builder copies what it can read here. tfjs insists on all three, and fetches one.
    setWasmPaths({
      "tfjs-backend-wasm.wasm": import.meta.resolve(
        "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm",
      ),
      "tfjs-backend-wasm-simd.wasm": import.meta.resolve(
        "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
      ),
      "tfjs-backend-wasm-threaded-simd.wasm": import.meta.resolve(
        "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm",
      ),
    });
    if (!(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) return "no SIMD";
    // Only a page that its server isolates from other origins can share memory. tfjs then uses half the cores, at most
    // four. Convolutions of 64 channels take half the time on two threads; this site's narrow networks gain little.
    return (await tf.env().getAsync("WASM_HAS_MULTITHREAD_SUPPORT")) ? "SIMD, threads" : "SIMD";
  },
};

/** Programs that emulate a GPU, as drivers write them; the last is for those without a name. */
const emulators = ["SwiftShader", "llvmpipe", "lavapipe", "Basic Render", "software"] as const;

/** The program that emulates a GPU of that name; null where it is a real one. */
export function emulatorOf(device: string): string | null {
  return emulators.find((name) => device.toLowerCase().includes(name.toLowerCase())) ?? null;
}
