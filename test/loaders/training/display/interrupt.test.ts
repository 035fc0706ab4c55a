import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "interrupt-"));
});
afterEach(() => rm(folder, { recursive: true }));

const moduleOf = (path: string) =>
  JSON.stringify(fileURLToPath(new URL(`../../../../loaders/${path}`, import.meta.url)));

/** A process that holds a lock until it is interrupted. */
async function start(lock: string) {
  const script = `
    import { tryLock } from ${moduleOf("files/processLock.ts")};
    import { onInterrupt } from ${moduleOf("training/display/interrupt.ts")};
    await tryLock(${JSON.stringify(lock)});
    onInterrupt(() => "Continue so.");
    setInterval(() => {}, 1000);
    process.stdout.write("ready");`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  await once(child.stdout, "data");
  return { child, ended: once(child, "close"), said: () => said };
}

describe("an interrupted process", () => {
  it("says its sentence, releases its locks, and ends by the signal", async () => {
    const lock = join(folder, "lock");
    const { child, ended, said } = await start(lock);
    expect(existsSync(lock)).toBe(true);
    child.kill("SIGTERM");
    expect(await ended).toEqual([null, "SIGTERM"]);
    expect(said()).toBe("\nContinue so.\n");
    expect(existsSync(lock)).toBe(false);
  });

  it("ends by the signal also where nobody is left to hear it, as when its terminal is closed", async () => {
    const lock = join(folder, "lock");
    const { child, ended } = await start(lock);
    child.stderr.destroy();
    child.kill("SIGHUP");
    expect(await ended).toEqual([null, "SIGHUP"]);
    expect(existsSync(lock)).toBe(false);
  });
});
