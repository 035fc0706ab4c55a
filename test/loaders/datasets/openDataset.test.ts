import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openNamedFolder } from "../../../loaders/datasets/openDataset.js";

describe("openNamedFolder", () => {
  let folder: string;
  beforeEach(async () => {
    vi.stubEnv("SPINENET_DATA", "");
    folder = await mkdtemp(join(tmpdir(), "data-"));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  async function writeSplit(root: string) {
    const images = [{ id: 1, file_name: "1.png", width: 4, height: 4 }];
    await mkdir(join(root, "annotations"), { recursive: true });
    await mkdir(join(root, "val"));
    await writeFile(join(root, "val", "1.png"), "");
    await writeFile(
      join(root, "annotations", "instances_val.json"),
      JSON.stringify({ images, annotations: [], categories: [] }),
    );
  }

  it("opens a COCO-format folder itself, or one inside by its name", async () => {
    await writeSplit(join(folder, "people"));
    expect(await openNamedFolder(join(folder, "people"), "people", "val")).toMatchObject({ name: "people" });
    expect(await openNamedFolder(folder, "people", "val")).toMatchObject({ name: "people" });
    vi.stubEnv("SPINENET_DATA", folder);
    expect(await openNamedFolder(undefined, "people", "val")).toMatchObject({ name: "people" });
  });

  it("says how to name a folder where none is named", async () => {
    await expect(openNamedFolder(undefined, "people", "val")).rejects.toThrow(
      'This needs the data set "people": give its folder in COCO format',
    );
  });

  it("says that the folder itself does not exist, and what named it", async () => {
    const nowhere = join(folder, "nowhere");
    await expect(openNamedFolder(nowhere, "people", "val")).rejects.toThrow(
      `${nowhere}, given by --data, does not exist;`,
    );
    vi.stubEnv("SPINENET_DATA", nowhere);
    await expect(openNamedFolder(undefined, undefined, "val")).rejects.toThrow(
      `${nowhere}, given by SPINENET_DATA, does not exist;`,
    );
  });

  it("names both places where a COCO-format folder was looked for", async () => {
    await expect(openNamedFolder(folder, "people", "val")).rejects.toThrow(
      `neither ${join(folder, "annotations")} nor ${join(folder, "people", "annotations")} exists.`,
    );
  });
});
