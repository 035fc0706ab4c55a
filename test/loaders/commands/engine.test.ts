import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

  it("says what it removed and how much that freed, or that there was nothing", async () => {
    const home = mkdtempSync(join(tmpdir(), "spinenet-remove-"));
    try {
      vi.stubEnv("SPINENET_ENGINE_HOME", home);
      mkdirSync(join(home, "gpu", "node_modules"), { recursive: true });
      writeFileSync(join(home, "gpu", "node_modules", "library"), Buffer.alloc(3_000_000));
      let printed = "";
      vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
        printed += String(chunk);
        return true;
      });
      await engineCommand().parseAsync(["remove"], { from: "user" });
      expect(printed).toBe(`gpu removed from ${join(home, "gpu")}: 3 MB freed.\n`);
      printed = "";
      await engineCommand().parseAsync(["remove", "gpu", "--json"], { from: "user" });
      expect(printed).toBe("[]\n");
      printed = "";
      await engineCommand().parseAsync(["remove"], { from: "user" });
      expect(printed).toBe("Nothing to remove.\n");
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
