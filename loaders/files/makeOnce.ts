import { mkdir, open, readFile, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A lock that has not been touched for this long belongs to a process that has ended, perhaps on another machine. */
const abandonedAfterMs = 60_000;
const touchEveryMs = 5_000;
const lookEveryMs = 200;

/**
 * Makes a file that several processes need in one of them, while the others wait. A lock file next to it names the
 * process; if that fails or ends, another takes over.
 *
 * @param isThere whether the complete file exists
 * @param make makes it, so that it appears complete
 * @param onWaiting called once if another process is making it
 */
export async function makeOnce(
  file: string,
  isThere: () => Promise<boolean>,
  make: () => Promise<void>,
  onWaiting: () => void,
): Promise<void> {
  const lock = `${file}.lock`;
  let told = false;
  await mkdir(dirname(file), { recursive: true });
  while (!(await isThere())) {
    if (await taken(lock)) {
      const touching = setInterval(() => {
        const now = new Date();
        utimes(lock, now, now).catch(() => {});
      }, touchEveryMs);
      try {
        // Another process may have made it since the check above.
        if (!(await isThere())) await make();
        return;
      } finally {
        clearInterval(touching);
        await rm(lock, { force: true });
      }
    }
    if (await isAbandoned(lock)) {
      await rm(lock, { force: true });
      continue;
    }
    if (!told) onWaiting();
    told = true;
    await sleep(lookEveryMs);
  }
}

/** Takes the lock if it is free. */
async function taken(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock, "wx");
    await handle.writeFile(`${hostname()} ${process.pid}`);
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  const status = await stat(lock).catch(() => undefined);
  // It has just been released.
  if (!status) return false;
  if (Date.now() - status.mtimeMs > abandonedAfterMs) return true;
  const [host, pid] = (await readFile(lock, "utf8").catch(() => "")).split(" ");
  return host === hostname() && pid !== undefined && !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process cannot be signalled, but it exists.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
