import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeOnce } from "../../../loaders/files/makeOnce.js";

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
    await writeFile(`${file}.lock`, `${hostname()} ${pid}`);
    await want(write);
    expect([made, waited]).toEqual([2, 0]);
  });

  it("takes over from another machine's process that has not stirred for a minute, and waits for one that has", async () => {
    await want(write);
    await rm(file);
    await writeFile(`${file}.lock`, "elsewhere 1");
    const waiting = want(write);
    while (waited === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(made).toBe(1);
    const then = Date.now() / 1000 - 61;
    await utimes(`${file}.lock`, then, then);
    await waiting;
    expect(made).toBe(2);
  });
});
