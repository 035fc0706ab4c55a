import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

export interface EngineProcessOptions {
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** The Node that runs it; this one when absent. */
  readonly node?: string;
  /** Seconds after which it is ended; none when absent. */
  readonly timeout?: number;
}

/** What came of a process: its one message, or how it ended without one. */
export type EngineProcessEnd =
  | { readonly message: unknown }
  | { readonly ended: string; readonly errorOutput: string };

/**
 * Runs a script in a process of its own, so that an engine whose library aborts takes nobody with it, and waits for
 * its first message.
 *
 * @throws Error if the process cannot be started.
 */
export function runEngineProcess(
  script: URL,
  parameters: readonly string[],
  { env = {}, node, timeout }: EngineProcessOptions = {},
): Promise<EngineProcessEnd> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = fork(fileURLToPath(script), parameters, {
    execArgv: ["--import", loader],
    execPath: node ?? process.execPath,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    timeout: timeout === undefined ? undefined : timeout * 1000,
    killSignal: "SIGKILL",
    // JSON knows no infinity.
    serialization: "advanced",
  });
  let errorOutput = "";
  child.stderr?.on("data", (chunk) => {
    errorOutput = (errorOutput + String(chunk)).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve({ message }));
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ ended: String(signal ?? code), errorOutput }));
  });
}
