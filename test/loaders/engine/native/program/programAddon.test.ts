import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  loadProgramAddon,
  OutdatedAddonError,
  programAddonFile,
} from "../../../../../loaders/engine/native/program/programAddon.js";

describe("the add-on for programs", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "addon-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is none where it was not built", () => {
    expect(loadProgramAddon(folder)).toBeUndefined();
  });

  it("is refused where another version of the project built it, with what to do", async () => {
    // A folder of JavaScript by the add-on's name loads on every system.
    const stale = join(folder, programAddonFile);
    await mkdir(stale, { recursive: true });
    await writeFile(join(stale, "index.js"), "module.exports = { revision: 1 };");
    expect(() => loadProgramAddon(folder)).toThrow(OutdatedAddonError);
    expect(() => loadProgramAddon(folder)).toThrow(
      `${stale} is not of this version of the project. Compile it again with ` +
        '"npm run --silent spinenet -- engine install native".',
    );
  });
});
