import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { partialPath } from "../../../loaders/files/partialFile.js";
import { thisProcess } from "../../../loaders/files/processIdentity.js";
import { writeFileWhole } from "../../../loaders/files/writeFile.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "partial-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("a name for what is not complete yet", () => {
  it("is new each time, in the folder", async () => {
    const [first, second] = [await partialPath(folder), await partialPath(folder)];
    expect(first).not.toBe(second);
    expect(join(folder, basename(first))).toBe(first);
  });

  it("lets the next process remove what a killed one has left, and nothing else", async () => {
    const { machine, start } = thisProcess();
    const { pid: ended } = spawnSync(process.execPath, ["-e", ""]);
    const some = "01234567-89ab-cdef-0123-456789abcdef";
    const left = [`.${machine}-${ended}-${start}-${some}.partial`, `.${machine}-${ended}-1-${some}.partial`];
    const kept = [
      `.${machine}-${process.pid}-${start}-${some}.partial`,
      `.01234567-${ended}-${start}-${some}.partial`,
      `.${some}.partial`,
      "mine.partial",
    ];
    for (const name of [...left.slice(0, 1), ...kept]) await writeFile(join(folder, name), "half");
    await mkdir(join(folder, left[1]!, "deep"), { recursive: true });
    await writeFileWhole(join(folder, "file"), "whole");
    expect((await readdir(folder)).sort()).toEqual(["file", ...kept].sort());
  });
});
