import { afterEach, describe, expect, it, vi } from "vitest";
import { probeEngines } from "../../../../loaders/engine/probe/probeEngines.js";

describe("probeEngines", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("tells of every engine, in the order auto tries them, that wasm works, and one chosen among those that work", async () => {
    const probes = await probeEngines();
    expect(probes.map(({ name }) => name)).toEqual(["gpu", "native", "webgpu", "wasm"]);
    expect(probes[3]).toMatchObject({ works: true, versions: { tfjs: "4.22.0" } });
    expect(probes.filter(({ chosen }) => chosen)).toHaveLength(1);
    expect(probes.filter(({ chosen, works }) => chosen && !works)).toEqual([]);
    expect(probes.filter(({ reason }) => reason === "")).toEqual([]);
  });

  it("chooses the engine that SPINENET_ENGINE names", async () => {
    vi.stubEnv("SPINENET_ENGINE", "wasm");
    const [wasm] = (await probeEngines()).filter(({ chosen }) => chosen);
    expect(wasm).toMatchObject({ name: "wasm", reason: "Named by SPINENET_ENGINE." });
  });
});
