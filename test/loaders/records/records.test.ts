import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withRecordLock } from "../../../loaders/records/records.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "records-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("a record", () => {
  it("is made by one process at a time, and others of the same folder beside it", async () => {
    const inner = await withRecordLock(folder, "tiny-seed1", async () => {
      await expect(withRecordLock(folder, "tiny-seed1", async () => "second")).rejects.toThrow(
        new RegExp(
          `^tiny-seed1 is already running, in process ${process.pid} \\(since .* UTC, ${join(folder, "\\.tiny-seed1\\.lock")}\\)\\. ` +
            "Wait until it ends, or end it and continue; a run with another --seed or another --out folder can start now\\.$",
        ),
      );
      return withRecordLock(folder, "tiny-seed2", async () => "beside");
    });
    expect(inner).toBe("beside");
    expect(await readdir(folder)).toEqual([]);
  });
});
