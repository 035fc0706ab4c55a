import { existsSync } from "node:fs";
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { errorCode } from "../../files/errorCode.js";

/**
 * Does `act` while no other process does so for the same folder.
 *
 * The lock is a file with the number of the process that holds it; one whose process has ended, killed or
 * not, holds nothing.
 *
 * @param home is made.
 * @throws Error naming the process that holds it.
 */
export async function withLock<T>(home: string, act: () => Promise<T>): Promise<T> {
  const file = join(home, ".install.lock");
  await mkdir(home, { recursive: true });
  await take(file);
  try {
    return await act();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(`${process.pid} ${await startOf(process.pid)}`);
      await handle.close();
      return;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
    const [pid = "", start = ""] = (await readFile(file, "utf8").catch(() => "")).split(" ");
    if (pid !== "" && (await isRunning(Number(pid), start))) {
      throw new Error(
        `Another install or removal is at work on this folder, in process ${pid} (${file}). ` +
          "Run the same command again when it has ended.",
      );
    }
    // Empty is also what a process leaves for a moment between making the file and writing into it.
    if (pid === "" && attempt < 5) await wait(100);
    else await rm(file, { force: true });
  }
}

async function isRunning(pid: number, start: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
  return (await startOf(pid)) === start;
}

/** When a process began, by the system's count, for numbers of processes are used again; "-" where unknown. */
async function startOf(pid: number): Promise<string> {
  if (!existsSync("/proc/self/stat")) return "-";
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name in parentheses may hold spaces; the start is the 20th field after it (proc(5): field 22).
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "-";
}
