import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pins } from "../../../../loaders/engine/install/pins.js";
import { type FakeComputer, fakeComputer } from "./fakeComputer.js";

let computer: FakeComputer;
beforeEach(() => {
  computer = fakeComputer();
});
afterEach(() => computer.remove());

describe("an install for a GPU", () => {
  it("asks the driver for one before it fetches anything", async () => {
    await expect(computer.install({ name: "gpu" })).rejects.toThrow(
      /while looking for an NVIDIA GPU\. nvidia-smi could not be started.*Install NVIDIA's driver/,
    );
    computer.tool("nvidia-smi", 'echo "NVIDIA-SMI has failed: no driver" ; exit 9');
    await expect(computer.install({ name: "gpu" })).rejects.toThrow("“NVIDIA-SMI has failed: no driver”");
    expect(computer.calls().filter((call) => !call.startsWith("nvidia-smi"))).toEqual([]);
  });

  it("links tfjs-node's add-on to the libraries that TensorFlow opens by name, and ours to none of them", async () => {
    computer.tool("nvidia-smi", 'echo "GPU 0: a fake"');
    const report = await computer.install({ name: "gpu" });
    expect(report).toMatchObject({ engine: "gpu", action: "installed" });
    const [binding, program] = computer.calls().filter((call) => call.includes("-shared"));
    expect(binding).toContain("-Wl,--no-as-needed -l:libcudart.so.12 -l:libcudnn.so.9 ");
    expect(program).not.toContain("libcud");
    expect(computer.left()).toEqual(["gpu"]);
  });
});

describe("the pinned wheels", () => {
  it("have a hash, a size and a version each, and name each package once", () => {
    const lists = Object.values(pins.wheels).flatMap((platforms) => Object.values(platforms));
    expect(lists).toHaveLength(3);
    for (const wheels of lists) {
      expect(new Set(wheels.map(({ name }) => name)).size).toBe(wheels.length);
      for (const { version, sha256, bytes } of wheels) {
        expect(version).toMatch(/^\d+(\.\d+)+$/);
        expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(bytes).toBeGreaterThan(500_000);
      }
    }
  });
});
