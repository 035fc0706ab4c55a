import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { main } from "../../../loaders/cli.js";
import { archiveOf, checkpointEntries } from "../fetch/archives.js";

let root: string;
let out = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "spinenet-fetch-command-"));
  vi.stubEnv("SPINENET_ENGINE_HOME", join(root, "home"));
  out = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

describe("fetch", () => {
  it("lists the checkpoints, and says that sizes are estimates and hashes unknown", async () => {
    expect(await main(["fetch"])).toBe(0);
    // 28.5 million parameters of 4 bytes.
    expect(out).toMatch(/retinanet\/spinenet-49 .* 640 +350 +42\.8 +≈ 114 or 228 MB +unknown\n/);
    expect(out).toContain("Sizes and hashes were never published");
  });

  it("unpacks an archive that is there, and prints the command that converts it", async () => {
    const archive = join(root, "spinenet-49.tar.gz");
    await writeFile(archive, archiveOf(checkpointEntries));
    expect(await main(["fetch", "retinanet/spinenet-49", "--from", archive, "--out", root])).toBe(0);
    expect(out).toContain("compared with nothing");
    expect(out).toContain(
      `convert ${join(root, "retinanet-spinenet-49")} --out retinanet-spinenet-49.safetensors\n`,
    );
  });

  it("says of a Mask R-CNN that it cannot be converted", async () => {
    const archive = join(root, "a.tar.gz");
    await writeFile(archive, archiveOf(checkpointEntries));
    expect(await main(["fetch", "maskrcnn/spinenet-49", "--from", archive, "--json"])).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ action: "unpacked", convert: null });
  });

  it("needs a name for --from and --out", async () => {
    expect(await main(["fetch", "--out", root])).toBe(2);
  });
});
