import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeComputer, fakeComputer } from "./fakeComputer.js";

let computer: FakeComputer;
beforeEach(() => {
  computer = fakeComputer();
  // Its npm says which process it is, and then never comes back.
  computer.tool("npm", `echo $$ > "${pidFile()}.new"; mv "${pidFile()}.new" "${pidFile()}"; exec sleep 600`);
});
afterEach(() => {
  if (existsSync(pidFile()) && isRunning(toolPid())) process.kill(-toolPid(), "SIGKILL");
  computer.remove();
});

const pidFile = (): string => join(computer.folder, "pid");
const toolPid = (): number => Number(readFileSync(pidFile(), "utf8"));

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The command itself, waiting for npm. */
async function waitingInstall(): Promise<{ child: ChildProcess; ended: Promise<string> }> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const cli = fileURLToPath(new URL("../../../../loaders/cli.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", loader, cli, "engine", "install", "native"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const ended = new Promise<string>((resolve) => {
    child.once("close", (code, signal) => resolve(`${signal ?? code}: ${errors}`));
  });
  while (!existsSync(pidFile())) {
    if (child.exitCode !== null) throw new Error(await ended);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { child, ended };
}

describe("engine install", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends its tools on %s, says so, and leaves nothing",
    async (signal) => {
      const { child, ended } = await waitingInstall();
      child.kill(signal);
      expect(await ended).toMatch(/^1: [\s\S]*The installation was interrupted; nothing was changed\.\n$/);
      expect(isRunning(toolPid())).toBe(false);
      expect(computer.left()).toEqual([]);
    },
  );

  it("leaves no engine when it is killed, and the next one clears up after it", async () => {
    const { child, ended } = await waitingInstall();
    child.kill("SIGKILL");
    expect(await ended).toMatch(/^SIGKILL: /);
    process.kill(-toolPid(), "SIGKILL");
    const left = computer.left();
    expect(left).toHaveLength(2);
    expect(left[0]).toMatch(/^\.install-/);
    expect(left[1]).toBe(".install.lock");
    computer.tool("npm", null);
    await expect(computer.install()).rejects.toThrow("npm could not be started");
    expect(computer.left()).toEqual([]);
  });
});
