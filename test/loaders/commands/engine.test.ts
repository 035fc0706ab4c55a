import { afterEach, describe, expect, it, vi } from "vitest";
import { engineCommand } from "../../../loaders/commands/engine.js";

describe("engine", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  it("prints every engine, what works, what was chosen and why, as JSON", async () => {
    vi.stubEnv("SPINENET_ENGINE", "wasm");
    let printed = "";
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      printed += String(chunk);
      return true;
    });
    await engineCommand().parseAsync(["--json"], { from: "user" });
    const probes: { name: string; works: boolean; chosen: boolean; reason: string; versions: object }[] =
      JSON.parse(printed);
    expect(probes.map(({ name }) => name)).toEqual(["gpu", "native", "webgpu", "wasm"]);
    expect(probes.filter(({ chosen }) => chosen)).toMatchObject([
      { name: "wasm", works: true, reason: "Named by SPINENET_ENGINE.", versions: { tfjs: "4.22.0" } },
    ]);
  });
});
