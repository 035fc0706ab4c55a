import { setTimeout as sleep } from "node:timers/promises";
import { tryLock } from "./processLock.js";

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
  let told = false;
  while (!(await isThere())) {
    const attempt = await tryLock(`${file}.lock`);
    if (attempt.holder) {
      if (!told) onWaiting();
      told = true;
      await sleep(lookEveryMs);
      continue;
    }
    try {
      // Another process may have made it since the check above.
      if (!(await isThere())) await make();
      return;
    } finally {
      await attempt.release();
    }
  }
}
