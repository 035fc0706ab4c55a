import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs-core";
import { custom, looseObject, parse, record, string, unknown } from "valibot";
import type { Engine } from "../engineChoice.js";
import { engineHome, findOptionalPackage } from "../engineHome.js";

const dawnModuleSchema = looseObject({
  create: custom<(flags: string[]) => GPU>((value) => typeof value === "function"),
  globals: record(string(), unknown()),
});

/** Whether an adapter of that name emulates a GPU on the CPU. */
export function isSoftwareAdapter(name: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(name);
}

/**
 * Starts Dawn, the WebGPU of Chromium, from the npm package `webgpu`.
 *
 * @param allowSoftware whether to accept an adapter that emulates a GPU on the CPU: correct, but about a hundred times
 *   slower than wasm, so `auto` does not.
 * @throws Error if the package is missing or finds no such adapter.
 */
export async function startWebgpuEngine(allowSoftware: boolean): Promise<Engine> {
  const folder = findOptionalPackage("webgpu", "webgpu");
  if (!folder) {
    throw new Error(
      `The package webgpu is neither in node_modules nor in ${engineHome()}/webgpu. ` +
        'Install it with "npm install --no-save webgpu@0.6.2".',
    );
  }
  const dawn = parse(dawnModuleSchema, await import(pathToFileURL(join(folder, "index.js")).href));
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) {
    throw new Error(
      "WebGPU finds no adapter; install a Vulkan driver, or on macOS and Windows the GPU's own.",
    );
  }
  const { vendor, device, description } = adapter.info;
  const adapterName = [vendor, device, description].filter(Boolean).join(" ");
  if (!allowSoftware && (adapter.info.isFallbackAdapter || isSoftwareAdapter(adapterName))) {
    throw new Error(
      `WebGPU finds only a software adapter (${adapterName}), which is slower than wasm; name webgpu to have it all the same.`,
    );
  }
  // Node 20 has no navigator; later ones have one whose other properties must stay.
  const navigator: object = globalThis.navigator ?? {};
  Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  await import("@tensorflow/tfjs-backend-webgpu");
  if (!(await tf.setBackend("webgpu")) || tf.getBackend() !== "webgpu") {
    throw new Error(`WebGPU's adapter (${adapterName}) is there, but tfjs could not start on it.`);
  }
  return {
    name: "webgpu",
    backend: "webgpu",
    versions: { tfjs: tf.version_core, adapter: adapterName || "unnamed", node: process.versions.node },
  };
}
