import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { main } from "../../../loaders/cli.js";

describe("detect", () => {
  let folder: string;
  let err: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "detect-"));
    err = "";
    vi.stubEnv("DEBUG", "");
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      err += String(text);
      return true;
    });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it("tells the order of its arguments where an image stands in the weights' place", async () => {
    const image = join(folder, "cat.jpg");
    await writeFile(image, Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16));
    expect(await main(["detect", image, join(folder, "w.safetensors")])).toBe(1);
    expect(err).toBe(
      `${image}: this is a JPEG image, but the weights come first: detect <weights> <images...>.\n`,
    );
  });

  it("says that weights are not there, or are a folder", async () => {
    expect(await main(["detect", join(folder, "none.safetensors"), "cat.jpg"])).toBe(1);
    expect(err).toContain("none.safetensors: does not exist; ");
    expect(await main(["detect", folder, "cat.jpg"])).toBe(1);
    expect(err).toContain(`${folder}: is a folder, but a file is needed; `);
  });
});
