import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { thisProcess } from "../../../loaders/files/processIdentity.js";
import { holderWords, tryLock, withLock } from "../../../loaders/files/processLock.js";
import { skippedFor } from "../../skippedFor.js";

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
  file = join(folder, "deep", "run.lock");
});
afterEach(() => rm(folder, { recursive: true }));

const since = "2026-01-02T03:04:05.000Z";
const modulePath = fileURLToPath(new URL("../../../loaders/files/processLock.ts", import.meta.url));

/** A process that runs code with `tryLock` at hand and prints what it has to say. */
function child(code: string): ChildProcess {
  const script = `import { tryLock } from ${JSON.stringify(modulePath)};\nconst file = ${JSON.stringify(file)};\n${code}`;
  return spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
}

/** A process that holds the lock until it is told to end. */
async function holder(): Promise<ChildProcess> {
  const process = child(`
    const attempt = await tryLock(file);
    process.stdout.write(attempt.holder ? "refused" : "taken");
    process.stdin.once("data", () => process.exit(0));`);
  const [said] = await once(process.stdout!, "data");
  expect(String(said)).toBe("taken");
  return process;
}

describe("a lock", () => {
  it("is held by one, names it, and is free once released", async () => {
    const first = await tryLock(file);
    const second = await tryLock(file);
    expect(second.holder).toMatchObject(thisProcess());
    expect(Date.parse(second.holder!.since)).toBeGreaterThan(Date.now() - 10_000);
    if (first.holder) throw new Error("It was free.");
    await first.release();
    expect(await readdir(join(folder, "deep"))).toEqual([]);
    expect((await tryLock(file)).holder).toBeUndefined();
  });

  it("is released whether what it is for succeeds or fails, and refuses what comes meanwhile", async () => {
    const refusal = () => "busy";
    expect(
      await withLock(file, refusal, async () => {
        await expect(withLock(file, refusal, async () => 2)).rejects.toThrow("busy");
        return 1;
      }),
    ).toBe(1);
    await expect(
      withLock(file, refusal, async () => {
        throw new Error("broken");
      }),
    ).rejects.toThrow("broken");
    expect(await readdir(join(folder, "deep"))).toEqual([]);
  });

  it("of another process is respected while that runs, and taken over once it was killed", async () => {
    const other = await holder();
    const refused = await tryLock(file);
    expect(refused.holder?.pid).toBe(other.pid);
    expect(holderWords(refused.holder!, file)).toMatch(
      new RegExp(`^process ${other.pid} \\(since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC, ${file}\\)$`),
    );
    other.kill("SIGKILL");
    await once(other, "close");
    expect(existsSync(file)).toBe(true);
    expect((await tryLock(file)).holder).toBeUndefined();
  });

  it("is gone when its process ends in the middle of its work", async () => {
    const other = await holder();
    other.stdin!.write("end");
    await once(other, "close");
    expect(existsSync(file)).toBe(false);
  });

  it("left by a killed process goes to exactly one of many that want it", async () => {
    const other = await holder();
    other.kill("SIGKILL");
    await once(other, "close");
    const contenders = Array.from({ length: 4 }, () =>
      child(`
        process.stdout.write("ready");
        process.stdin.once("data", async () => {
          const attempts = await Promise.all([tryLock(file), tryLock(file), tryLock(file)]);
          process.stdout.write(" taken " + attempts.filter(({ holder }) => !holder).length);
          setTimeout(() => process.exit(0), 1000);
        });`),
    );
    const outputs = contenders.map(({ stdout }) => {
      let text = "";
      stdout!.on("data", (more) => {
        text += more;
      });
      return () => text;
    });
    await Promise.all(contenders.map(({ stdout }) => once(stdout!, "data")));
    for (const { stdin } of contenders) stdin!.write("go");
    await Promise.all(contenders.map((contender) => once(contender, "close")));
    const taken = outputs.map((said) => Number(/taken (\d)/.exec(said())?.[1]));
    expect(taken.sort()).toEqual([0, 0, 0, 1]);
    expect(await readdir(join(folder, "deep"))).toEqual([]);
  });

  const unknown = thisProcess().start === "0" ? "this system does not say when a process started" : "";
  it("of a number that another process has now is taken over", skippedFor(unknown), async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    for (const gone of [{ pid }, { start: "1" }]) {
      await rm(folder, { recursive: true });
      const first = await tryLock(file);
      if (first.holder) throw new Error("It was free.");
      await writeFile(file, JSON.stringify({ ...thisProcess(), ...gone, since }));
      expect((await tryLock(file)).holder).toBeUndefined();
      await first.release();
    }
  });

  it("of another computer is respected until it has not been touched for five minutes", async () => {
    const first = await tryLock(file);
    if (first.holder) throw new Error("It was free.");
    await writeFile(file, JSON.stringify({ ...thisProcess(), machine: "elsewhere", since }));
    const { holder } = await tryLock(file);
    expect(holderWords(holder!, file)).toBe(
      `process ${process.pid} of another computer or container (since 2026-01-02 03:04:05 UTC, ${file})`,
    );
    const then = Date.now() / 1000 - 301;
    await utimes(file, then, then);
    expect((await tryLock(file)).holder).toBeUndefined();
    await first.release();
  });

  it("that names nobody, as a full disk leaves it, is taken over after two seconds", async () => {
    await withLock(
      file,
      () => "",
      async () => {},
    );
    await writeFile(file, "");
    const then = Date.now() / 1000 - 3;
    await utimes(file, then, then);
    expect((await tryLock(file)).holder).toBeUndefined();
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject(thisProcess());
  });

  it("that cannot be written says where and why", async () => {
    await writeFile(join(folder, "deep"), "in the way");
    await expect(tryLock(file)).rejects.toThrow(
      /run\.lock could not be written \(.*\)\. There is a file where a folder should be/,
    );
  });
});
