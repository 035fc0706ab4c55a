import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { holderWords, withLock } from "../../files/processLock.js";

/**
 * Does `act` while no other process does so for the same folder.
 *
 * @param home is made.
 * @throws Error naming the process that holds the lock.
 */
export async function withInstallLock<T>(home: string, act: () => Promise<T>): Promise<T> {
  await mkdir(home, { recursive: true });
  const file = join(home, ".install.lock");
  return withLock(
    file,
    (holder) =>
      `Another install or removal is at work on this folder: ${holderWords(holder, file)}. ` +
      "Run the same command again when it has ended.",
    act,
  );
}
