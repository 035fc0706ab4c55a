import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import util from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import { boolean, looseObject, safeParse, string } from "valibot";
import type { Engine, EngineOptions } from "../engineChoice.js";
import { engineHome, findOptionalPackage } from "../engineHome.js";
import { loadProgramAddon } from "./program/programAddon.js";
import { setProgramLibrary } from "./program/programLibrary.js";
import { registerNativeKernels } from "./registerNativeKernels.js";
import { shareTensorflow } from "./shareTensorflow.js";

const nativeBackendSchema = looseObject({
  isUsingGpuDevice: boolean(),
  binding: looseObject({ TF_Version: string() }),
});

const packages = {
  native: ["@tensorflow/tfjs-node"],
  gpu: ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"],
} as const;

/**
 * Loads TensorFlow's C library through tfjs-node, and makes it the backend.
 *
 * @throws if no tfjs-node is found, its library does not load, or `gpu` is asked for and it uses none.
 */
export async function startNativeEngine(name: "native" | "gpu", options: EngineOptions): Promise<Engine> {
  const found = packages[name].map((candidate) => findOptionalPackage(candidate, name));
  // The CPU's package in the project is no GPU engine; only one built for it, in the engine home, is.
  const folder = found.find(
    (candidate, index) => candidate && (index === 0 || candidate.startsWith(engineHome())),
  );
  if (!folder) {
    throw new Error(
      `${packages[name][0]} is neither in node_modules nor in ${engineHome()}/${name}. ` +
        `Make it with "npm run --silent spinenet -- engine install ${name}".`,
    );
  }
  restoreRemovedTypeChecks();
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  if (options.threads !== undefined) {
    process.env.TF_NUM_INTRAOP_THREADS = String(options.threads);
    process.env.TF_NUM_INTEROP_THREADS = String(options.threads);
  }
  // Each program then has threads of its own for what its operations share, as many as suit it.
  process.env.TF_OVERRIDE_GLOBAL_THREADPOOL = "1";
  const realFolder = realpathSync(folder);
  shareTensorflow(realFolder);
  createRequire(import.meta.url)(realFolder);
  if (!(await tf.setBackend("tensorflow")) || tf.getBackend() !== "tensorflow") {
    throw new Error(
      `${packages[name][0]} loaded from ${folder}, but its backend could not be made the current one.`,
    );
  }
  const backend = safeParse(nativeBackendSchema, tf.backend());
  if (!backend.success)
    throw new Error(`${folder} holds a tfjs-node that this project does not know; 4.22.0 is right.`);
  if (name === "gpu" && !backend.output.isUsingGpuDevice) {
    throw new Error(
      `The TensorFlow of ${folder} finds no GPU; it needs an NVIDIA driver and CUDA's libraries.`,
    );
  }
  registerNativeKernels();
  const addon = loadProgramAddon(realFolder);
  if (addon) {
    const threads = Number(process.env.TF_NUM_INTRAOP_THREADS) || availableParallelism();
    // As many as a program can be told.
    setProgramLibrary(tf.backend(), { addon, threads: Math.min(threads, 127) });
  }
  return {
    name,
    backend: "tensorflow",
    versions: {
      tfjs: tf.version_core,
      tensorflow: backend.output.binding.TF_Version,
      // Numbers differ by rounding between the two, and speed by much.
      steps: addon ? "as one program" : "operation by operation",
      node: process.versions.node,
    },
  };
}

/** tfjs-node 4.22 calls two functions that Node 23 removed from `util`. */
function restoreRemovedTypeChecks(): void {
  const legacy: Record<string, unknown> = Object(util);
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  legacy.isArray ??= Array.isArray;
}
