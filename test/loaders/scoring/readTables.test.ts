import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileChunks } from "../../../loaders/scoring/readTables.js";

describe("fileChunks", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "chunks-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = async (file: string) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of fileChunks(file)) chunks.push(chunk.slice());
    return chunks;
  };

  it("gives a file's bytes in their order, a large file's in pieces", async () => {
    const bytes = Uint8Array.from({ length: 600_000 }, (_, index) => index % 251);
    await writeFile(join(folder, "large"), bytes);
    const chunks = await read(join(folder, "large"));
    expect(chunks.length).toBeGreaterThan(1);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });

  it("gives nothing of an empty file", async () => {
    await writeFile(join(folder, "empty"), "");
    expect(await read(join(folder, "empty"))).toEqual([]);
  });

  it("says why a file cannot be read", async () => {
    await expect(read(join(folder, "none"))).rejects.toThrow(
      new Error(`${join(folder, "none")}: does not exist; check the path.`),
    );
    await expect(read(folder)).rejects.toThrow(
      new Error(`${folder}: is a folder, but a file is needed; check the path.`),
    );
  });
});
