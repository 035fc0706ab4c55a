import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unpackBounds, unpackCheckpoint } from "../../../loaders/fetch/unpackCheckpoint.js";
import { type ArchiveEntry, archiveOf, checkpointEntries, checkpointFiles, tarOf } from "./archives.js";

let root: string;
let folder: string;
let archive: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "spinenet-unpack-"));
  folder = join(root, "inner", "folder");
  archive = join(root, "a.tar.gz");
  await mkdir(folder, { recursive: true });
});
afterEach(() => rm(root, { recursive: true }));

async function unpack(bytes: Buffer, bounds = unpackBounds): Promise<string[]> {
  await writeFile(archive, bytes);
  return unpackCheckpoint(archive, folder, undefined, bounds);
}

describe("unpackCheckpoint", () => {
  it("keeps a checkpoint's files, without their folder and the graph", async () => {
    expect(await unpack(archiveOf(checkpointEntries))).toEqual(checkpointFiles);
    expect((await readdir(folder)).sort()).toEqual(checkpointFiles);
    expect(await readFile(join(folder, "model.ckpt.data-00000-of-00001"))).toEqual(Buffer.alloc(100_000, 7));
  });

  const hostile: [string, ArchiveEntry, string][] = [
    ["an absolute path", { path: "/tmp/model.index" }, "leads out of the folder"],
    ["a path with ..", { path: "a/../../model.index" }, "leads out of the folder"],
    ["a path with .. and backslashes", { path: "a\\..\\..\\model.index" }, "leads out of the folder"],
    ["a drive", { path: "C:model.index" }, "leads out of the folder"],
    ["a folder with ..", { path: "../x/", type: "Directory" }, "leads out of the folder"],
    [
      "a symbolic link",
      { path: "b.index", type: "SymbolicLink", linkpath: "/etc/passwd" },
      "is a SymbolicLink",
    ],
    ["a hard link", { path: "b.index", type: "Link", linkpath: "/etc/passwd" }, "is a Link"],
    ["a character device", { path: "b.index", type: "CharacterDevice" }, "is a CharacterDevice"],
    ["a block device", { path: "b", type: "BlockDevice" }, "is a BlockDevice"],
    ["a pipe", { path: "b", type: "FIFO" }, "is a FIFO"],
    ["a second file of one name", { path: "other/model.ckpt.index" }, "two files called model.ckpt.index"],
  ];
  it.each(hostile)("refuses an archive with %s, first or last", async (_, entry, message) => {
    await expect(unpack(archiveOf([...checkpointEntries, entry]))).rejects.toThrow(message);
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await expect(unpack(archiveOf([entry, ...checkpointEntries]))).rejects.toThrow(message);
    expect((await readdir(root)).sort()).toEqual(["a.tar.gz", "inner"]);
    expect(await readdir(join(root, "inner"))).toEqual(["folder"]);
  });

  it("refuses more entries, bytes or compression than the bounds", async () => {
    const many = Array.from({ length: 1_001 }, (_, index) => ({ path: `${index}` }));
    await expect(unpack(archiveOf(many))).rejects.toThrow("more than 1000 entries");
    const few = { ...unpackBounds, bytes: 50_000 };
    await expect(unpack(archiveOf(checkpointEntries), few)).rejects.toThrow("more than 50000 bytes");
  });

  it("stops a bomb while it reads, whichever of its files it is in", async () => {
    const bomb = { path: "skipped.meta", content: Buffer.alloc(50e6) };
    await expect(unpack(archiveOf([...checkpointEntries, bomb]))).rejects.toThrow(
      "more than 100 times its size",
    );
    await rm(folder, { recursive: true });
    await mkdir(folder);
    const kept = { path: "big.index", content: Buffer.alloc(50e6) };
    await expect(unpack(archiveOf([kept]))).rejects.toThrow("more than 100 times its size");
    const { length } = await readFile(join(folder, "big.index"));
    expect(length).toBeLessThan(20e6);
  });

  it.each([0.1, 0.5, 0.9, 0.999])("refuses an archive of which only %f is there", async (share) => {
    const whole = archiveOf(checkpointEntries);
    await expect(unpack(whole.subarray(0, whole.length * share))).rejects.toThrow(`${archive}: `);
  });

  it("refuses a tar that ends within a file, and what is no archive", async () => {
    await expect(unpack(gzipSync(tarOf(checkpointEntries).subarray(0, 60_000)))).rejects.toThrow(
      /truncated/i,
    );
    await expect(unpack(Buffer.from("<html>Log in</html>"))).rejects.toThrow("incorrect header check");
    await expect(unpack(gzipSync(Buffer.alloc(5_000, 65)))).rejects.toThrow(`${archive}: `);
  });

  it("refuses an archive without a whole checkpoint", async () => {
    await expect(unpack(archiveOf([{ path: "readme.txt" }]))).rejects.toThrow("no checkpoint (.index file)");
    const shards = [{ path: "m.index" }, { path: "m.data-00000-of-00002" }];
    await expect(unpack(archiveOf(shards))).rejects.toThrow("m.index has 1 of its 2 data files");
  });
});
