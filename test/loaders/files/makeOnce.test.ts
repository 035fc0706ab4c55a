import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeOnce } from "../../../loaders/files/makeOnce.js";
import { thisProcess } from "../../../loaders/files/processIdentity.js";

describe("makeOnce", () => {
  let folder = "";
  let file = "";
  let made = 0;
  let waited = 0;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "once-"));
    file = join(folder, "deep", "file");
    [made, waited] = [0, 0];
  });
  afterEach(() => rm(folder, { recursive: true }));

  const want = (make: () => Promise<void>) =>
    makeOnce(
      file,
      async () => existsSync(file),
      async () => {
        made++;
        await make();
      },
      () => {
        waited++;
      },
    );
  const write = () => writeFile(file, "whole");

  it("makes a file once for all who want it, tells who waits, and leaves no lock", async () => {
    await Promise.all([want(write), want(write), want(write)]);
    await want(write);
    expect([made, waited]).toEqual([1, 2]);
    expect(await readdir(join(folder, "deep"))).toEqual(["file"]);
  });

  it("lets the next one try where one fails", async () => {
    const outcomes = await Promise.allSettled([
      want(async () => {
        throw new Error("damaged");
      }),
      want(async () => {
        throw new Error("damaged");
      }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(made).toBe(2);
    await want(write);
    expect(await readdir(join(folder, "deep"))).toEqual(["file"]);
  });

  it("takes over from a process that has ended", async () => {
    await want(write);
    await rm(file);
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const since = new Date().toISOString();
    await writeFile(`${file}.lock`, JSON.stringify({ ...thisProcess(), pid, since }));
    await want(write);
    expect([made, waited]).toEqual([2, 0]);
  });
});
