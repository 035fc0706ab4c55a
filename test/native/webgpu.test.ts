import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { unpackNpmPackage } from "../../loaders/engine/install/npmPackage.js";
import type { NpmPackage } from "../../loaders/engine/install/pins.js";
import { findChromium } from "../browser/chromium.js";
import { nativeHomes } from "./nativeHome.js";

const dawn: NpmPackage = {
  name: "webgpu",
  version: "0.6.2",
  integrity:
    "sha512-3L4GfmqJLvYUIEWJngEQY+2HQiUlAFkg8+P8NDDj3Xx5hHHIFO/r8JW+ynfqBj7kHN4mbnwO74uB+lrRtLhp4Q==",
};

const home = join(nativeHomes, `webgpu-${dawn.version}`);

/** Chromium's software Vulkan: its driver's description, beside the program or in Debian's folder. */
function softwareVulkan(): string | undefined {
  return [dirname(realpathSync(findChromium())), "/usr/lib/chromium"]
    .map((folder) => join(folder, "vk_swiftshader_icd.json"))
    .find((file) => existsSync(file));
}

function trainOn(engine: "webgpu" | "wasm", driver: string, steps: number) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join("test", "native", "trainSteps.ts"), engine, String(steps)],
    {
      encoding: "utf8",
      timeout: 240_000,
      env: {
        ...process.env,
        SPINENET_ENGINE_HOME: home,
        VK_ICD_FILENAMES: driver,
        // Chromium brings the loader of Vulkan's drivers, too.
        LD_LIBRARY_PATH: dirname(driver),
      },
    },
  );
  if (status !== 0) throw new Error(`Training on ${engine} exits ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

const driver = process.platform === "linux" && process.arch === "x64" ? softwareVulkan() : undefined;

describe("Dawn, on software Vulkan", () => {
  beforeEach(({ skip }) => skip(driver === undefined, "there is no software Vulkan beside Chromium here"));

  it("takes the training steps that wasm takes", async () => {
    if (!existsSync(home)) {
      mkdirSync(nativeHomes, { recursive: true });
      const partial = mkdtempSync(join(nativeHomes, "partial-"));
      await unpackNpmPackage(dawn, join(partial, "webgpu", "node_modules", dawn.name));
      renameSync(partial, home);
      rmSync(partial, { recursive: true, force: true });
    }
    const [webgpu, wasm] = [trainOn("webgpu", driver!, 3), trainOn("wasm", driver!, 3)];
    expect(webgpu.versions.adapter).toMatch(/swiftshader/i);
    // The first step's learning rate is 0 and the second's small; later ones grow apart by rounding.
    webgpu.taken.forEach(({ loss }: { loss: number }, step: number) => {
      expect(Math.abs(loss - wasm.taken[step].loss)).toBeLessThan(1e-3);
    });
    expect(webgpu.taken[0].gradientNorm).toBeCloseTo(wasm.taken[0].gradientNorm, 3);
    expect(webgpu.taken[2].loss).toBeLessThan(webgpu.taken[0].loss - 0.05);
  });
});
