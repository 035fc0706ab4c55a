import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { findOptionalPackage } from "../../../loaders/engine/engineHome.js";
import { startEngine } from "../../../loaders/engine/startEngine.js";
import { skippedFor } from "../../skippedFor.js";
import { testedEngines } from "./engines.js";

const emptyHome = mkdtempSync(join(tmpdir(), "engine-home-"));
const [, native] = await testedEngines();

describe("startEngine", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(emptyHome, { recursive: true, force: true });
  });

  it("starts wasm by name, from node_modules alone", async () => {
    const engine = await startEngine("wasm");
    expect(engine).toMatchObject({
      name: "wasm",
      backend: "wasm",
      versions: { "tfjs-backend-wasm": "4.22.0" },
    });
    expect(tf.getBackend()).toBe("wasm");
  });

  it("takes the engine that SPINENET_ENGINE names when the choice is auto", async () => {
    vi.stubEnv("SPINENET_ENGINE", "wasm");
    expect((await startEngine("auto")).name).toBe("wasm");
  });

  it("lets the named choice win over SPINENET_ENGINE", async () => {
    vi.stubEnv("SPINENET_ENGINE", "nonsense");
    expect((await startEngine("wasm")).name).toBe("wasm");
  });

  it("refuses a SPINENET_ENGINE that names no engine", async () => {
    vi.stubEnv("SPINENET_ENGINE", "cuda");
    await expect(startEngine("auto")).rejects.toThrow(
      'SPINENET_ENGINE names no engine: "cuda". It takes gpu, native, webgpu, wasm or auto.',
    );
  });

  const absent = [
    ["gpu", "@tensorflow/tfjs-node-gpu", 'Make it with "npm run --silent spinenet -- engine install gpu"'],
    ["native", "@tensorflow/tfjs-node", 'Make it with "npm run --silent spinenet -- engine install native"'],
    ["webgpu", "webgpu", 'Install it with "npm install'],
  ] as const;
  for (const [name, packageName, remedy] of absent) {
    vi.stubEnv("SPINENET_ENGINE_HOME", emptyHome);
    const installed = findOptionalPackage(packageName, name) !== undefined;
    vi.unstubAllEnvs();
    it(
      `says what to install where ${name} is named and its package is missing`,
      skippedFor(installed ? `${packageName} is in node_modules` : ""),
      async () => {
        vi.stubEnv("SPINENET_ENGINE_HOME", emptyHome);
        await startEngine("wasm");
        await expect(startEngine(name)).rejects.toThrow(
          new RegExp(`^The engine ${name} cannot start\\. .*${packageName}.*${remedy}`),
        );
        expect(tf.getBackend()).toBe("wasm");
      },
    );
  }

  it("shares one tfjs with the native engine", skippedFor(native!.skipped), async () => {
    const engine = await startEngine("native");
    expect(engine).toMatchObject({ name: "native", backend: "tensorflow" });
    expect(engine.versions.tensorflow).toMatch(/^\d+\.\d+/);
    const { cache } = createRequire(import.meta.url);
    expect(Object.keys(cache).filter((file) => file.endsWith("tf-core.node.js"))).toHaveLength(1);
    expect(Object.keys(cache).filter((file) => file.endsWith("nodejs_kernel_backend.js"))).toHaveLength(1);
    expect(tf.tidy(() => tf.add(1, 2).dataSync()[0])).toBe(3);
  });
});
