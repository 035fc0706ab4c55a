import { writeSync } from "node:fs";
import { releaseLocksNow } from "../../files/processLock.js";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * When this process is interrupted, releases its locks, says a last sentence on standard error, and lets the signal end
 * the process as it otherwise would. A training step in progress finishes first.
 *
 * @param sentence nothing is said if it is empty
 * @returns a function to call when there is nothing left to interrupt
 */
export function onInterrupt(sentence: () => string): () => void {
  const ignore = (): void => {
    for (const signal of signals) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals): void => {
    ignore();
    const said = sentence();
    releaseLocksNow();
    try {
      // At once: the process ends before a stream would be written.
      if (said !== "") writeSync(process.stderr.fd, `\n${said}\n`);
    } catch {
      // Its terminal may be gone.
    }
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, end);
  return ignore;
}
